// Chromium, and the kinds of visitors that arrive with it.
import { existsSync } from 'node:fs';
import { after } from 'node:test';
import { chromium } from 'playwright-core';
import { watch } from './watch.mjs';
import { startServer } from './server.mjs';

export const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';

export const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

export function launch(args = []) {
  if (!existsSync(executablePath)) throw new Error(`${executablePath} is missing: install chromium, or set CHROMIUM`);
  return chromium.launch({ executablePath, args: [...flags, ...args] });
}

// No motion but in one mode: fades only make tests wait.
const still = { reducedMotion: 'reduce' };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true, ...still };

// The modes of a visit, as options of a browser context.
export const modes = {
  desktop: { viewport: { width: 1280, height: 800 }, ...still },
  noscript: { viewport: { width: 1280, height: 800 }, javaScriptEnabled: false, ...still },
  phone,
  narrow: { viewport: { width: 320, height: 640 }, ...still },
  zoom400: { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4, ...still },
  landscape: { ...phone, viewport: { width: 844, height: 390 } },
  dark: { ...phone, colorScheme: 'dark' },
  forced: { viewport: { width: 1280, height: 800 }, forcedColors: 'active', ...still },
  moving: { ...phone, reducedMotion: 'no-preference' },
};

const patience = 10_000; // ms; whatever is slower hangs

// openSite starts the check and a browser for one test file, and stops both when its
// tests are over. visit() gives a page in a context of its own; what a page must
// never do (console errors, requests elsewhere, shifting) fails in its quiet().
export async function openSite(options) {
  const [server, browser] = await Promise.all([startServer(options), launch()]);
  after(async () => {
    await browser.close();
    await server.stop();
  });
  const visit = async (mode = modes.desktop) => {
    const context = await browser.newContext({ baseURL: server.url, ...mode });
    context.setDefaultTimeout(patience);
    return tab(context);
  };
  const tab = async context => {
    const page = await context.newPage();
    page.watched = await watch(page, server.url);
    return page;
  };
  return { url: server.url, server, browser, visit, tab };
}
