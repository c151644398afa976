// A mouse or a finger. Playwright's own click waits in timers of the page, which do
// not run where scripts are blocked; this one asks from outside.
import assert from 'node:assert/strict';
import { inputs } from './walk.mjs';

const patience = 10_000; // ms until an element can be hit

export const byPointer = {
  async tick(page, selector, on = true) {
    const ticked = () => page.evaluate(s => document.querySelector(s).checked, selector);
    for (let i = 0; i < 5 && await ticked() !== on; i++) await click(page, selector); // a fade may swallow a click
  },
  async choose(page, values) {
    const wanted = await inputs(page, values);
    const ticked = await page.evaluate(() => [...document.querySelectorAll('fieldset [type=checkbox]:checked')].map(x => x.value));
    for (const value of ticked) if (!wanted.includes(value)) await byPointer.tick(page, choice(value), false);
    for (const value of wanted) await byPointer.tick(page, choice(value));
  },
  async type(page, n) {
    await byPointer.choose(page, []);
    await click(page, number);
    await page.evaluate(s => document.querySelector(s).select(), number);
    await page.keyboard.type(String(n));
  },
  press: (page, selector) => click(page, selector),
};

export const choice = value => `fieldset input[value="${value}"]`;
export const number = 'fieldset input[type=text]';

// click hits the middle of the first element that a selector names, once nothing
// lies over it. A fading page lets no click through.
export async function click(page, selector, options) {
  const end = Date.now() + patience;
  for (;;) {
    const spot = await page.evaluate(find, selector);
    if (spot.x !== undefined && await still(page, selector, spot)) return page.mouse.click(spot.x, spot.y, options);
    assert.ok(Date.now() < end, `${selector} cannot be hit on ${page.url()}: ${spot.fault ?? 'it moves'}`);
    await new Promise(resolve => setTimeout(resolve, 15));
  }
}

// still reports that the element is where it was, once a frame around it has its height: a
// frame that grows moves what it shows.
async function still(page, selector, spot) {
  if (!page.settle) return true;
  await page.settle(spot.y);
  const now = await page.evaluate(find, selector);
  return now.x === spot.x && now.y === spot.y;
}

function find(selector) {
  const x = document.querySelector(selector);
  if (!x) return { fault: 'it is not there' };
  x.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  const box = x.getClientRects()[0] ?? { width: 0 };
  if (!box.width) return { fault: 'it is not shown' };
  const [left, top] = [box.left + box.width / 2, box.top + box.height / 2];
  const hit = document.elementFromPoint(left, top);
  const ours = hit && (x === hit || x.contains(hit) || x.closest('label')?.contains(hit));
  return ours ? { x: left, y: top } : { fault: `${hit?.localName} lies over it` };
}
