// Every journey, with the script and without it, ends in the same draft and the same
// results.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modes, openSite } from '../lib/browser.mjs';
import { journey, names } from '../lib/journeys.mjs';
import { click } from '../lib/pointer.mjs';
import { addressOf, draftOf, look, step, submit, walk } from '../lib/walk.mjs';

const site = await openSite();

// travel walks one journey and returns what it left behind.
async function travel(mode, person) {
  const page = await site.visit(mode);
  const check = person.ends ?? '/quiz/answers';
  const seen = await walk(page, person, { to: check });
  const { answers, helped } = await draftOf(page);
  if (!person.ends) await step(page, () => click(page, submit));
  const end = await look(page);
  const text = await page.evaluate(() => document.querySelector('main').textContent.replace(/\s+/g, ' ').trim());
  page.watched.quiet();
  await page.context().close();
  return { seen: seen.map(s => s.path), titles: seen.map(s => s.title), answers, helped, end: end.path.replace(/[A-Z0-9]{26}/, 'KEY'), text };
}

for (const name of names) {
  test(`${name}: the same with and without the script`, async () => {
    const person = journey(name);
    const with_ = await travel(modes.desktop, person);
    const without = await travel(modes.noscript, person);
    assert.deepEqual(with_, without);
    assert.equal(with_.end, person.ends ?? '/r/KEY');
    assert.equal(new Set(with_.titles).size, with_.titles.length, 'two pages share a title');
    assert.equal(new Set(with_.seen).size, with_.seen.length, 'a page came twice');
    for (const question of person.unasked ?? []) {
      assert.ok(!with_.seen.includes(addressOf(question)), `${question} was asked`);
    }
  });
}
