// The same person without a mouse: Tab, arrows, Space and Enter, and the focus must
// show at every stop.
import assert from 'node:assert/strict';
import { choice, number } from './pointer.mjs';
import { inputs } from './walk.mjs';

const stops = 120; // more than any page has

export const byKeyboard = {
  async tick(page, selector) {
    await tabTo(page, selector);
    if (!await page.evaluate(() => document.activeElement.checked)) await page.keyboard.press('Space');
  },
  async choose(page, values) {
    const wanted = await inputs(page, values);
    if (await page.locator('fieldset input[type=radio]').count()) return radio(page, wanted[0]);
    for (const value of wanted) await byKeyboard.tick(page, choice(value));
  },
  async type(page, n) {
    await tabTo(page, number);
    await page.keyboard.type(String(n));
  },
  async press(page, selector) {
    await tabTo(page, selector);
    await page.keyboard.press('Enter');
  },
};

async function radio(page, value) {
  await tabTo(page, 'fieldset input[type=radio]');
  const wanted = choice(value);
  for (let i = 0; i < 12 && !await focused(page, wanted); i++) {
    await page.keyboard.press('ArrowDown');
    await checkFocus(page);
  }
  assert.ok(await focused(page, wanted), `arrows do not reach ${value} on ${page.url()}`);
  const chosen = () => page.evaluate(() => document.activeElement.checked);
  if (!await chosen()) await page.keyboard.press('Space');
  assert.ok(await chosen(), `Space does not choose ${value} on ${page.url()}`);
}

const focused = (page, selector) => page.evaluate(s => document.activeElement.matches(s), selector);

// tabTo presses Tab until the focus is on what a selector names.
export async function tabTo(page, selector) {
  for (let i = 0; i < stops; i++) {
    if (await focused(page, selector)) return;
    await page.keyboard.press('Tab');
    await checkFocus(page);
  }
  assert.fail(`Tab does not reach ${selector} on ${page.url()}`);
}

// checkFocus fails unless whatever has the focus is drawn otherwise than without it.
async function checkFocus(page) {
  const fault = await page.evaluate(() => {
    const x = document.activeElement;
    if (!x || x === document.body || x === document.documentElement) return ''; // the browser's own controls
    const ring = [x, x.closest('label')].filter(Boolean).some(e => {
      const s = getComputedStyle(e);
      const outline = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 && !/, 0\)$|transparent/.test(s.outlineColor);
      return outline || s.boxShadow !== 'none';
    });
    const box = (x.closest('label') ?? x).getBoundingClientRect();
    const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.height > 0;
    if (ring && inside) return '';
    return `${ring ? 'out of view' : 'no ring'}: ${x.outerHTML.slice(0, 120)}`;
  });
  assert.equal(fault, '', `focus on ${page.url()}`);
}
