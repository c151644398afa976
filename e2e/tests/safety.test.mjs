// Emergencies interrupt, crises stay in sight, and what is forgotten or deleted is
// gone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modes, openSite } from '../lib/browser.mjs';
import { journey } from '../lib/journeys.mjs';
import { click } from '../lib/pointer.mjs';
import { answer, at, begin, look, step, submit, until, walk } from '../lib/walk.mjs';

const site = await openSite();

for (const [name, mode] of [['with the script', modes.desktop], ['without the script', modes.noscript]]) {
  test(`an emergency interrupts at once, and bars what follows, ${name}`, async () => {
    const page = await site.visit(mode);
    await begin(page);
    await answer(page, 'a18_34');
    page.watched.headings.length = 0;
    const help = await answer(page, ['swelling_breath', 'none']);
    assert.equal(help.path, '/quiz/get-help');
    assert.equal(page.watched.headings.filter(h => h !== help.h1).length <= 1, true, `shown before the help: ${page.watched.headings}`);
    assert.ok(!page.watched.headings.some(h => /last 3 months|tummy signs/i.test(h)));
    for (const path of ['/quiz/gut-flags', '/quiz/answers', '/quiz']) {
      await page.goto(path);
      assert.equal((await look(page)).path, '/quiz/get-help', path);
    }
    await click(page, 'a.back');
    await at(page, '/quiz/urgent');
    assert.equal((await answer(page, 'none')).path, '/quiz/gut-flags');
    page.watched.quiet();
  });

  test(`after a crisis answer the line of help stays on every page, ${name}`, async () => {
    const page = await site.visit(mode);
    let crisis = false;
    await walk(page, journey('crisis'), {
      each: async now => {
        crisis ||= now.path === '/quiz/get-help';
        if (crisis) assert.ok(await page.evaluate(() => document.querySelector('.crisis a')), `${now.path} lacks the line`);
      },
    });
    assert.ok(crisis, 'the help page did not come');
    assert.doesNotMatch(await page.evaluate(() => document.querySelector('main').innerText), /out of 100/);
    page.watched.quiet();
  });

  test(`under 18 the check stops, ${name}`, async () => {
    const page = await site.visit(mode);
    await walk(page, journey('under_18'));
    for (const path of ['/quiz/plants', '/quiz/answers']) {
      await page.goto(path);
      assert.equal((await look(page)).path, '/quiz/under-18');
    }
    page.watched.quiet();
  });

  test(`after Forget, Back does not show the results, ${name}`, async () => {
    const page = await site.visit(mode);
    const results = (await walk(page, journey('ordinary'))).at(-1);
    await click(page, '#keep a[href$="/save"]');
    await at(page, `${results.path}/save`);
    await click(page, 'form[action="/mine/forget"] button');
    await until(page, now => now.path === '/mine' && now.notice, 'the notice');
    for (let i = 0; i < 3; i++) {
      await page.goBack({ waitUntil: 'commit' }).catch(() => {});
      const now = await until(page, () => true, 'a page');
      assert.notEqual(now.h1, results.h1, `Back shows ${now.path}`);
    }
    page.watched.quiet();
  });

  test(`deleted results are gone, ${name}`, async () => {
    const page = await site.visit(mode);
    const { path, h1 } = (await walk(page, journey('ordinary'))).at(-1);
    await click(page, 'a[href$="/delete"]');
    await at(page, `${path}/delete`);
    const deleted = await until(page, now => now.h1 !== h1, 'the question');
    await click(page, '.btn.warn');
    await until(page, now => now.h1 !== deleted.h1, 'the end');
    for (const back of [path, `${path}/delete`]) {
      assert.equal((await page.goto(back)).status(), 410);
      assert.match((await look(page)).h1, /no longer here/);
    }
    assert.equal((await page.goto('/mine')).status(), 200);
    assert.equal(await page.evaluate(() => document.querySelector('a[href^="/r/"]')), null);
    page.watched.quiet();
  });
}

test('no answer, score or key in a title, and private pages say no-store and noindex', async () => {
  const page = await site.visit();
  const titles = [];
  const seen = await walk(page, journey('hard'), { each: now => titles.push(now.title) });
  assert.ok(!titles.some(t => /[A-Z2-7]{26}|out of 100/.test(t)));
  const headers = (await page.request.get(seen.at(-1).path)).headers();
  assert.deepEqual([headers['cache-control'], headers['referrer-policy'], headers['x-robots-tag']], ['no-store', 'no-referrer', 'noindex']);
  assert.doesNotMatch(site.server.log(), /warfarin|blood_stool|[A-Z2-7]{26}/);
});

test('printed results: 4 pages or fewer, and no private link', async () => {
  const page = await site.visit();
  await walk(page, journey('hard'));
  const key = (await look(page)).path.slice(3);
  const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
  const pages = (pdf.match(/\/Type\s*\/Page\b/g) ?? []).length;
  await page.emulateMedia({ media: 'print' });
  const shown = await page.evaluate(k => [...document.querySelectorAll('body *')].some(x =>
    x.checkVisibility() && (String(x.value ?? '').includes(k) || [...x.childNodes].some(n => n.nodeType === 3 && n.data.includes(k)))), key);
  assert.ok(!shown, 'the private link is on paper');
  assert.ok(pages >= 1 && pages <= 4, `${pages} pages`);
});

// The worst moment: no answer gets through in the background, and somebody needs help.
async function unsaved() {
  const page = await site.visit();
  page.watched.allow(/ERR_FAILED|Failed to fetch/);
  page.on('dialog', dialog => assert.fail(`somebody on the way to help is asked: ${dialog.message()}`));
  await page.route('**/quiz/steps', route => route.abort());
  await begin(page);
  await answer(page, 'a18_34');
  await until(page, () => page.evaluate(() => document.querySelector('.saving').textContent !== ''), 'the word that it is not saved');
  return page;
}

test('an emergency does not wait for answers that are not saved', async () => {
  const page = await unsaved();
  assert.equal((await answer(page, 'self_harm')).path, '/quiz/get-help');
  await click(page, 'main form .btn');
  await at(page, '/quiz/age'); // what was lost on the way is asked again
  assert.ok(await page.evaluate(() => document.querySelector('.crisis a')), 'the line of help is not there');
});

test('nothing holds anybody back from the link to help', async () => {
  const page = await unsaved();
  await click(page, 'footer a[href="/help"]');
  await at(page, '/help');
});

test('a press that waits for answers on their way says so, and is not lost', async () => {
  const page = await site.visit();
  await page.route('**/quiz/steps', async route => {
    await new Promise(resolve => setTimeout(resolve, 2500));
    await route.continue();
  });
  await begin(page);
  await answer(page, 'a18_34');
  await new Promise(resolve => setTimeout(resolve, 500)); // to read the question
  await click(page, 'main form .btn');
  await until(page, now => /^Saving your answers/.test(now.saving), 'the word that answers are being saved');
  await until(page, now => now.problem, 'the problem with an empty answer');
});
