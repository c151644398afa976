// How long a step takes on a bad phone: from pressing Continue to the next question
// painted, with a slow 4G line and a processor 4 times slower.
import { modes } from './lib/browser.mjs';
import { journey } from './lib/journeys.mjs';
import { withSite } from './lib/site.mjs';
import { begin, fill, look, questionOf, submit, until } from './lib/walk.mjs';

// Lighthouse's slow 4G as it is applied to each request: 150 ms × 3.75, and 0.9 of
// 1.6 Mbit/s and 750 kbit/s.
const slow4G = { offline: false, latency: 562.5, downloadThroughput: 1474.56 * 1000 / 8, uploadThroughput: 675 * 1000 / 8 };
const slower = 4;

async function measure(browser, url, mode, think) {
  const context = await browser.newContext({ baseURL: url, ...mode });
  const page = await context.newPage();
  await begin(page);
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', slow4G);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slower });
  const { answers } = journey('ordinary');
  const times = [];
  for (let now = await look(page); now.path !== '/quiz/answers';) {
    await fill(page, answers[questionOf(now.path)]);
    await new Promise(resolve => setTimeout(resolve, think));
    const [next, ms] = await press(page, now, mode.javaScriptEnabled !== false);
    times.push([now.path, ms]);
    now = next;
  }
  await context.close();
  return times;
}

// press clicks Continue. Where the script swaps the question in, the page itself
// takes the time; where a new page comes, its own clock starts with the click.
async function press(page, before, script) {
  const swapped = !script ? null : page.evaluate(({ h1, submit }) => new Promise(resolve => {
    const button = document.querySelector(submit);
    let pressed;
    addEventListener('click', e => { pressed = e.timeStamp; }, { capture: true, once: true });
    const seen = () => {
      if (document.querySelector('h1')?.textContent.trim() === h1) return requestAnimationFrame(seen);
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - pressed)));
    };
    button.click();
    seen();
  }), { h1: before.h1, submit }).catch(() => null); // a new page ended this one
  const clicked = Date.now();
  if (!script) await page.keyboard.press('Tab').then(() => page.locator(submit).first().focus()).then(() => page.keyboard.press('Enter'));
  const inPage = await swapped;
  const next = await until(page, now => now.path !== before.path && now.h1 !== before.h1, 'the next question');
  if (inPage) return [next, inPage];
  const painted = await page.evaluate(() => performance.timeOrigin + (performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? performance.now()));
  return [next, painted - clicked];
}

const middle = ms => [...ms].sort((a, b) => a - b)[ms.length >> 1];

await withSite(async ({ browser, url }) => {
  for (const [name, mode] of [['with the script', modes.phone], ['without the script', { ...modes.phone, javaScriptEnabled: false }]]) {
    for (const think of [0, 500]) {
      const times = await measure(browser, url, mode, think);
      const [slowest, worst] = times.reduce((a, b) => (b[1] > a[1] ? b : a));
      console.log(`${name}, ${think} ms to think: median ${Math.round(middle(times.map(t => t[1])))} ms, worst ${Math.round(worst)} ms after ${slowest}, ${times.length} steps`);
      if (process.env.EACH) for (const [path, ms] of times) console.log(`  ${String(Math.round(ms)).padStart(6)}  ${path}`);
    }
  }
});
