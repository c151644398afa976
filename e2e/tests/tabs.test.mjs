// Double clicks, two tabs, a cut network: one answer, one result, nothing lost.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modes, openSite } from '../lib/browser.mjs';
import { journey } from '../lib/journeys.mjs';
import { click } from '../lib/pointer.mjs';
import { answer, at, begin, draftOf, fill, look, saved, step, submit, until, walk } from '../lib/walk.mjs';

const site = await openSite();
const person = journey('ordinary');
const twice = { clickCount: 2, delay: 20 };

for (const [name, mode] of [['with the script', modes.desktop], ['without the script', modes.noscript]]) {
  test(`a double click on Continue gives one answer, ${name}`, async () => {
    const page = await site.visit(mode);
    await begin(page);
    await fill(page, 'a18_34');
    const next = await step(page, () => click(page, submit, twice));
    assert.equal(next.path, '/quiz/urgent');
    await new Promise(resolve => setTimeout(resolve, 400)); // for a second sending to show
    const now = await look(page);
    assert.deepEqual([now.path, now.problem], ['/quiz/urgent', '']);
    assert.deepEqual((await draftOf(page)).answers, { age: 'a18_34' });
    page.watched.quiet();
  });

  test(`a double click on See my results gives one result, ${name}`, async () => {
    const page = await site.visit(mode);
    await walk(page, person, { to: '/quiz/answers' });
    const { key } = await draftOf(page);
    await click(page, submit, twice);
    const results = await until(page, now => now.path.startsWith('/r/'), 'results');
    assert.equal(results.path, `/r/${key}`);
    await page.goto('/mine');
    assert.equal(await page.evaluate(() => document.querySelectorAll('main li a[href^="/r/"]').length), 1);
    page.watched.quiet();
  });

  test(`two tabs on different questions keep both answers, ${name}`, async () => {
    const one = await site.visit(mode);
    await walk(one, person, { to: '/quiz/gut-flags' });
    const two = await site.tab(one.context());
    await two.goto('/quiz/age');
    await answer(one, 'weight_loss');
    await answer(two, 'a35_64');
    await answer(one, 'coeliac');
    await saved(one, 'conditions', 'coeliac');
    assert.deepEqual((await draftOf(one)).answers, { age: 'a35_64', urgent: 'none', gut_flags: 'weight_loss', conditions: 'coeliac' });
    one.watched.quiet();
    two.watched.quiet();
  });

  test(`finishing in one tab leads the other to the results, ${name}`, async () => {
    const one = await site.visit(mode);
    await walk(one, person, { to: '/quiz/answers' });
    const two = await site.tab(one.context());
    await two.goto('/quiz/upf');
    const { path } = await step(one, () => click(one, submit));
    assert.match(path, /^\/r\//);
    await fill(two, 'rarely');
    await click(two, submit);
    const there = await at(two, path);
    assert.match(there.notice, /finished this check in another tab/);
    one.watched.quiet();
    two.watched.quiet();
  });
}

test('a network cut during Continue: the answer arrives when the network is back, with the script', async () => {
  const page = await site.visit();
  page.watched.allow(/ERR_INTERNET_DISCONNECTED|Failed to fetch/);
  await walk(page, person, { to: '/quiz/gut-flags' });
  await fill(page, 'family_hx');
  await page.context().setOffline(true);
  await click(page, submit);
  await new Promise(resolve => setTimeout(resolve, 500));
  const cut = await look(page);
  assert.match(cut.path, /^\/quiz\//, 'the page is gone');
  assert.match(await page.evaluate(() => document.body.innerText), /offline|connection|not saved|save|try again/i, 'nothing is said');
  await page.context().setOffline(false);
  if (cut.path === '/quiz/gut-flags') await step(page, () => click(page, submit));
  const end = Date.now() + 15_000;
  while ((await draftOf(page)).answers.gut_flags !== 'family_hx' && Date.now() < end) await new Promise(resolve => setTimeout(resolve, 50));
  assert.deepEqual((await draftOf(page)).answers, { age: 'a18_34', urgent: 'none', gut_flags: 'family_hx' });
  await at(page, '/quiz/conditions');
  page.watched.quiet();
});

test('a network cut during Continue: nothing is lost or doubled, without the script', async () => {
  const page = await site.visit(modes.noscript);
  await walk(page, person, { to: '/quiz/gut-flags' });
  await fill(page, 'family_hx');
  await page.context().setOffline(true);
  await click(page, submit);
  await new Promise(resolve => setTimeout(resolve, 300));
  await page.context().setOffline(false);
  await page.goto('/quiz');
  await step(page, () => click(page, 'main a.btn'));
  assert.equal((await look(page)).path, '/quiz/gut-flags');
  assert.equal((await answer(page, 'family_hx')).path, '/quiz/conditions');
  assert.deepEqual((await draftOf(page)).answers, { age: 'a18_34', urgent: 'none', gut_flags: 'family_hx' });
});
