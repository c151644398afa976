// The whole quiz for every kind of visitor: phone, narrow, zoomed, dark, forced
// colours, reduced motion, keyboard only.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modes, openSite } from '../lib/browser.mjs';
import { changing, checkLayout, checkSpacing } from '../lib/check.mjs';
import { journey } from '../lib/journeys.mjs';
import { walk } from '../lib/walk.mjs';

const site = await openSite();

async function travel(mode, name, options) {
  const page = await site.visit(mode);
  const seen = await walk(page, journey(name), options?.(page));
  assert.match(seen.at(-1).path, /^\/r\/[A-Z2-7]{26}$/);
  page.watched.quiet();
  return page;
}

const measured = page => ({ each: now => checkLayout(page, now.path) });

test('phone, with motion', () => travel(modes.moving, 'ordinary', measured));

test('320 px', () => travel(modes.narrow, 'hard', measured));

test('400 % zoom of 1280 px', () => travel(modes.zoom400, 'crisis', measured));

test('text spacing', () => travel(modes.phone, 'food_worry', page => ({ each: now => checkSpacing(page, now.path) })));

test('text twice as large on a phone', () => travel(modes.phone, 'ordinary', page => ({
  each: now => changing(page, async () => {
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('html { font-size: 225% }');
      document.adoptedStyleSheets = [sheet];
    });
    await checkLayout(page, `${now.path} with large text`);
    await page.evaluate(() => { document.adoptedStyleSheets = []; });
  }),
})));

test('dark', () => travel(modes.dark, 'skips', page => ({
  each: async now => {
    const paper = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const [r, g, b] = paper.match(/\d+/g).map(Number);
    assert.ok(r + g + b < 200, `${now.path} is ${paper} in the dark`);
  },
})));

test('forced colours: the chosen answer shows by its border', () => travel(modes.forced, 'ordinary', page => ({
  each: async now => {
    if (!now.caption.includes('question')) return;
    const [before, chosen] = await page.evaluate(() => {
      const tile = document.querySelector('.opt'), box = tile.querySelector('input');
      const width = on => {
        box.checked = on;
        return parseFloat(getComputedStyle(tile).borderTopWidth);
      };
      const got = [width(false), width(true)];
      box.checked = false;
      return got;
    });
    assert.ok(chosen > before, `${now.path}: a chosen answer looks like the others`);
  },
})));

test('reduced motion: nothing moves', () => travel(modes.phone, 'ordinary', page => ({
  each: async now => {
    const moving = await page.evaluate(() => [...document.querySelectorAll('*')].filter(x => {
      const s = getComputedStyle(x);
      return s.transitionDuration.split(', ').some(t => parseFloat(t) > 0) || s.animationName !== 'none';
    }).length);
    assert.equal(moving, 0, `${now.path} moves`);
  },
})));

test('landscape phone: the question and its first answer fit together', () => travel(modes.landscape, 'ordinary', page => ({
  each: async now => {
    if (!now.caption.includes('question')) return;
    const height = await page.evaluate(() => {
      const first = document.querySelector('.field, .opt');
      return first.getBoundingClientRect().bottom - document.querySelector('h1').getBoundingClientRect().top;
    });
    assert.ok(height <= modes.landscape.viewport.height, `${now.path} takes ${height} px`);
  },
})));
