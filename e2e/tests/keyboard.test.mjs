// Everything with Tab, arrows, Space and Enter.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modes, openSite } from '../lib/browser.mjs';
import { journey } from '../lib/journeys.mjs';
import { tabTo } from '../lib/keyboard.mjs';
import { begin, look, walk } from '../lib/walk.mjs';

const site = await openSite();

const keyboard = { mode: 'keyboard' };

// The watched focus of the walk fails where it does not show.
for (const [name, mode, person] of [
  ['light', modes.desktop, 'older'],
  ['dark', { ...modes.desktop, colorScheme: 'dark' }, 'emergency'],
  ['without the script', modes.noscript, 'ordinary'],
]) {
  test(`the whole quiz by keyboard, ${name}`, async () => {
    const page = await site.visit(mode);
    const seen = await walk(page, journey(person), keyboard);
    assert.match(seen.at(-1).path, /^\/r\//);
    page.watched.quiet();
  });
}

test('the first Tab shows the skip link, Enter lands in main', async () => {
  const page = await site.visit();
  await page.goto('/');
  await page.keyboard.press('Tab');
  const skip = await page.evaluate(() => {
    const box = document.activeElement.getBoundingClientRect();
    return { href: document.activeElement.getAttribute('href'), shown: box.top >= 0 && box.height > 0 };
  });
  assert.deepEqual(skip, { href: '#main', shown: true });
  await page.keyboard.press('Enter');
  assert.equal((await look(page)).focus, 'main');
});

test('on a question Tab goes: skip, logo, Back, answers once, Continue, whole section, footer', async () => {
  const page = await site.visit();
  await begin(page);
  await page.reload();
  const order = [];
  for (let i = 0; i < 12 && order.at(-1) !== 'footer'; i++) {
    await page.keyboard.press('Tab');
    order.push(await page.evaluate(() => {
      const x = document.activeElement;
      if (x.closest('footer')) return 'footer';
      return x.matches('a[href^="/quiz/section/"]') ? 'section' : x.classList[0] ?? x.type;
    }));
  }
  assert.deepEqual(order, ['skip', 'brand', 'back', 'radio', 'btn', 'section', 'footer']);
});

test('no letter, digit or arrow does anything by itself', async () => {
  const page = await site.visit();
  const before = await begin(page);
  for (const key of ['a', 'b', '1', '2', 'n', 'Enter', 'Escape', '/', '?']) await page.keyboard.press(key);
  await tabTo(page, 'fieldset input[type=radio]');
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'Space']) await page.keyboard.press(key);
  const now = await look(page);
  assert.deepEqual([now.path, now.h1], [before.path, before.h1]);
  assert.equal(await page.evaluate(() => document.querySelectorAll('fieldset :checked').length), 1);
});

test('focus changes what is drawn, in light, dark and forced colours', async () => {
  const page = await site.visit();
  await begin(page);
  for (const colours of [{ colorScheme: 'light' }, { colorScheme: 'dark' }, { forcedColors: 'active' }]) {
    await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', ...colours });
    for (const target of ['.brand', '.back', 'fieldset input[type=radio]', 'main .btn', 'footer a']) {
      await page.evaluate(() => document.activeElement.blur());
      const without = await page.screenshot();
      await page.evaluate(() => document.body.focus());
      await tabTo(page, target);
      assert.ok(!without.equals(await page.screenshot()), `${target}, ${JSON.stringify(colours)}`);
    }
  }
});

test('a wide table can be reached and scrolled', async () => {
  const page = await site.visit(modes.narrow);
  const seen = await walk(page, journey('ordinary'));
  await page.goto(`${seen.at(-1).path}/sums`);
  await page.evaluate(() => { for (const d of document.querySelectorAll('details')) d.open = true; });
  const tables = await page.evaluate(() => [...document.querySelectorAll('table')].map(t => {
    const box = t.closest('[tabindex="0"]');
    return { reached: Boolean(box), named: Boolean(box?.getAttribute('aria-label')), rows: t.querySelectorAll('th[scope]').length > 0 };
  }));
  assert.ok(tables.length > 0, 'the sums have no table');
  assert.deepEqual(tables, tables.map(() => ({ reached: true, named: true, rows: true })));
});
