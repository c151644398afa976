// Back, forward, refresh, typed addresses, changed answers: with the script and
// without it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modes, openSite } from '../lib/browser.mjs';
import { journey } from '../lib/journeys.mjs';
import { click } from '../lib/pointer.mjs';
import { addressOf, answer, begin, fill, look, saved, step, submit, until, walk } from '../lib/walk.mjs';

const site = await openSite();
const person = journey('ordinary');
const ticked = page => page.evaluate(() => [...document.querySelectorAll('fieldset :checked')].map(x => x.value));

for (const [name, mode] of [['with the script', modes.desktop], ['without the script', modes.noscript]]) {
  test(`Back shows the question before with its answer, forward returns, ${name}`, async () => {
    const page = await site.visit(mode);
    const seen = await walk(page, person, { to: '/quiz/plants' });
    const [before, last] = seen.slice(-2);
    await page.goBack({ waitUntil: 'commit' });
    // Back may bring the page anew, so the address is there before the question.
    const shows = want => until(page, now => now.path === want.path && now.h1 === want.h1 && now.title === want.title, want.title);
    await shows(before);
    assert.deepEqual(await ticked(page), ['fine']);
    await page.goForward({ waitUntil: 'commit' });
    await shows(last);

    await click(page, 'a.back');
    await shows(before);
    assert.deepEqual(await ticked(page), ['fine']);
    page.watched.quiet();
  });

  test(`refresh never sends again, ${name}`, async () => {
    const page = await site.visit(mode);
    const posts = [];
    page.on('request', request => request.method() === 'POST' && posts.push(request.url()));
    for (const to of ['/quiz/gut-flags', '/quiz/answers', '/r/']) {
      await walk(page, person, { to, started: page.url() !== 'about:blank' });
      const before = await look(page);
      await new Promise(resolve => setTimeout(resolve, 300)); // until what was sent in the background has arrived
      posts.length = 0;
      await page.reload();
      const now = await until(page, seen => seen.path === before.path, before.path);
      assert.equal(now.h1, before.h1);
      assert.deepEqual(posts, []);
    }
    page.watched.quiet();
  });

  test(`a typed address of a later question goes to the first open one, ${name}`, async () => {
    const page = await site.visit(mode);
    await begin(page);
    await answer(page, 'a18_34');
    await saved(page, 'age', 'a18_34');
    for (const path of ['/quiz/alcohol', '/quiz/extras', '/quiz/get-help', '/quiz/under-18']) {
      await page.goto(path);
      assert.equal((await look(page)).path, '/quiz/urgent', path);
    }
    await page.goto('/quiz/age');
    assert.deepEqual(await ticked(page), ['a18_34']);
    await page.goto('/quiz');
    assert.match((await look(page)).h1, /Welcome back/);
    page.watched.quiet();
  });

  test(`a change from check-answers returns there, and takes its old branch away, ${name}`, async () => {
    const page = await site.visit(mode);
    let branch;
    await walk(page, journey('ordinary', { skin: 'acne', skin_detail: ['mild', 'cycle'] }), {
      to: '/quiz/answers',
      each: async now => {
        if (now.path === '/quiz/skin-detail') branch = await page.evaluate(() => document.querySelector('[value=cycle]').closest('label').textContent.trim());
      },
    });
    const says = () => page.evaluate(text => document.querySelector('main').textContent.includes(text), branch);
    assert.ok(await says(), `check-answers does not show ${branch}`);
    const change = question => step(page, () => click(page, `a[href^="${addressOf(question)}?"]`));
    const offered = question => page.evaluate(path => document.querySelector(`a[href^="${path}?"]`) !== null, addressOf(question));

    assert.deepEqual((await change('alcohol')).path, '/quiz/alcohol');
    assert.equal((await answer(page, 'none')).path, '/quiz/answers');
    await saved(page, 'alcohol', 'none');

    assert.ok(await offered('skin_detail'));
    await change('skin');
    assert.equal((await answer(page, 'none')).path, '/quiz/answers');
    assert.ok(!await offered('skin_detail'), 'the old branch is still there');

    await step(page, () => click(page, submit));
    assert.ok(!await says(), 'the results still know the old branch');
    page.watched.quiet();
  });

  test(`a change that opens a question asks it before it returns, ${name}`, async () => {
    const page = await site.visit(mode);
    await walk(page, journey('older', { skin: 'none' }), { to: '/quiz/answers' });
    const change = question => step(page, () => click(page, `a[href^="${addressOf(question)}?"]`));
    await change('age');
    assert.equal((await answer(page, 'a35_64')).path, '/quiz/pregnancy');
    assert.equal((await answer(page, 'no')).path, '/quiz/answers');
    await change('skin');
    assert.equal((await answer(page, 'eczema')).path, '/quiz/skin-detail');
    assert.equal((await answer(page, 'mild')).path, '/quiz/answers');
    await change('age');
    assert.equal((await answer(page, 'a65')).path, '/quiz/answers');
    assert.equal(await page.evaluate(() => document.querySelector('a[href^="/quiz/pregnancy?"]')), null);

    page.watched.quiet();
  });
}

test('closing the browser and coming back carries on', async () => {
  const page = await site.visit();
  await walk(page, person, { to: '/quiz/unwind' });
  await saved(page, 'stress_cope', 'mostly');
  const kept = await page.context().cookies();
  assert.ok(kept.every(c => c.expires > Date.now() / 1000 + 6 * 24 * 3600), 'a cookie ends with the browser');
  await page.context().close();
  const again = await site.visit();
  await again.context().addCookies(kept);
  await again.goto('/quiz');
  assert.match((await look(again)).h1, /Welcome back/);
  await step(again, () => click(again, 'main a.btn'));
  assert.equal((await look(again)).path, '/quiz/unwind');
});

test('a new page starts at its heading', async () => {
  const page = await site.visit(modes.phone);
  await begin(page);
  await fill(page, 'a18_34');
  await step(page, () => click(page, submit));
  const place = await until(page, now => ['h1', 'body', 'main'].includes(now.focus), 'focus at the start');
  assert.ok(place.focus);
  assert.equal(await page.evaluate(() => scrollY), 0);
});
