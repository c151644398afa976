// The picture that goes with links to the first page, from the name of the check and the
// mark of the design: node card.mjs [content folder] [file]. The same Chromium and fonts
// make the same bytes.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from './lib/browser.mjs';

const here = path => fileURLToPath(new URL(path, import.meta.url));
const [content = here('../data'), file = here('../views/static/card.png')] = process.argv.slice(2);
const site = readFileSync(join(content, 'site.yaml'), 'utf8');
const read = (pattern, fallback) => (pattern.exec(site)?.[1] ?? '').replace(/^(["'])(.*)\1$/, '$2') || fallback;
const name = read(/^brand: (.+?)(?: #.*)?$/m, 'Gut & Skin Check');
const accent = read(/^ {2}light: ("#[0-9a-f]{6}")/m, '#1e5945');
const escaped = name.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const part = which => readFileSync(here(`../views/partials/${which}.html`), 'utf8');

const browser = await launch(['--force-color-profile=srgb', '--font-render-hinting=none']);
try {
  const page = await browser.newPage({ viewport: { width: 1200, height: 630 } });
  await page.setContent(`<!doctype html><style>
    body { margin: 0; block-size: 630px; position: relative; overflow: hidden; background: #faf6ef; color: #2b1e2f; font: 600 84px/1.1 P052, Palatino, Georgia, serif; }
    div { position: absolute; }
    .mark { inset: 84px auto auto 84px; color: ${accent}; }
    .mark svg { inline-size: 132px; block-size: 132px; }
    .name { inset: auto auto 84px 84px; inline-size: 660px; text-wrap: balance; }
    .art { inset: -30px -190px auto auto; inline-size: 690px; color: ${accent}; opacity: .6; }
    .line { inset: auto 0 0 0; block-size: 14px; background: ${accent}; }
    svg { display: block; inline-size: 100%; }
  </style><div class="art">${part('art')}</div><div class="mark">${part('mark')}</div><div class="name">${escaped}</div><div class="line"></div>`);
  writeFileSync(file, await page.screenshot());
  console.log(`written to ${file}`);
} finally {
  await browser.close();
}
