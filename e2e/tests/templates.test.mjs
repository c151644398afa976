// Every page in every state: axe in light, dark and forced colours, the HTML as it
// was sent, 320 px, target sizes, what is kept on the device.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modes, openSite } from '../lib/browser.mjs';
import { checkPage as check } from '../lib/check.mjs';
import { journey } from '../lib/journeys.mjs';
import { byPointer, click } from '../lib/pointer.mjs';
import { answer, begin, look, step, submit, until, walk } from '../lib/walk.mjs';

const site = await openSite();

// errorHtml is the answer to the same form, sent again.
async function errorHtml(page, form = {}) {
  const at = await page.evaluate(() => ({
    action: document.querySelector('main form').action, attempt: document.querySelector('[name=attempt]')?.value ?? '',
  }));
  const sent = await page.request.post(at.action, {
    form: { ...(at.attempt && { attempt: at.attempt }), ...form }, headers: { 'Sec-Fetch-Site': 'same-origin' },
  });
  assert.equal(sent.status(), 422);
  return sent.text();
}

for (const path of ['/', '/how-scoring-works', '/evidence', '/article', '/advice/plants_plus3', '/privacy', '/accessibility', '/help', '/mine', '/nowhere', '/r/AAAAAAAAAAAAAAAAAAAAAAAAAA']) {
  test(path, async () => {
    const page = await site.visit();
    await page.goto(path);
    await check(page, path);
  });
}

test('consent and questions, with and without a problem', async () => {
  const page = await site.visit();
  await page.goto('/quiz/consent');
  await check(page, 'consent');
  await step(page, () => click(page, submit));
  await check(page, 'consent with a problem', await errorHtml(page));
  await begin(page);
  for (const [kind, address] of [['radios', '/quiz/age'], ['checkboxes', '/quiz/conditions'], ['a number', '/quiz/sleep-hours']]) {
    await walk(page, journey('ordinary'), { to: address, started: true });
    await check(page, kind);
    await step(page, () => click(page, submit));
    await check(page, `${kind} with a problem`, await errorHtml(page));
    await step(page, () => click(page, submit));
    await check(page, `${kind}, missed twice`, await errorHtml(page));
    await answer(page, journey('ordinary').answers[address.slice(6).replace('-', '_')]);
  }
  await page.goto('/quiz');
  await check(page, 'welcome back');
  await page.goto('/quiz/age?return=1');
  await check(page, 'a change');
});

test('a whole section to skip', async () => {
  const page = await site.visit();
  await walk(page, journey('food_worry'), { to: '/quiz/plants' });
  await check(page, 'a question with a section to skip');
});

test('get help and under 18', async () => {
  const page = await site.visit();
  await walk(page, journey('emergency'), { to: '/quiz/get-help' });
  await check(page, 'get help');
  const other = await site.visit();
  await walk(other, journey('under_18'));
  await check(other, 'under 18');
});

test('a crisis: help, the line on questions and on results', async () => {
  const page = await site.visit();
  await walk(page, journey('crisis'), { to: '/quiz/get-help' });
  await check(page, 'get help in a crisis');
  await step(page, () => click(page, submit));
  await check(page, 'a question in a crisis');
  await walk(page, journey('crisis'), { started: true });
  await check(page, 'results in a crisis');
  await page.goto('/help');
  await check(page, 'help in a crisis');
});

for (const name of ['ordinary', 'hard', 'food_worry', 'skips', 'emergency']) {
  test(`answers and results: ${name}`, async () => {
    const page = await site.visit();
    await walk(page, journey(name), { to: '/quiz/answers' });
    if (name === 'hard') await check(page, 'check answers');
    await step(page, () => click(page, submit));
    await check(page, `results, ${name}`);
  });
}

test('saved, forgotten, finished elsewhere, deleted, gone', async () => {
  const page = await site.visit();
  await walk(page, journey('ordinary'), { to: '/quiz/answers' });
  const other = await site.tab(page.context());
  await other.goto('/quiz/upf');
  await step(page, () => click(page, submit));
  await byPointer.choose(other, ['rarely']);
  await click(other, submit);
  await until(other, now => now.path.startsWith('/r/'), 'the results');
  await check(other, 'finished in another tab');
  await page.goto('/mine');
  await check(page, 'saved results');
});

test('a wrong link, a lost draft, a deletion', async () => {
  const page = await site.visit();
  await page.goto('/mine');
  await step(page, () => click(page, 'main form[action="/mine"] .btn'));
  await check(page, 'a wrong link', await errorHtml(page));

  await walk(page, journey('ordinary'));
  const { path } = await look(page);
  await page.goto(`${path}/delete`);
  await check(page, 'delete');
  await click(page, '.btn.warn');
  await until(page, now => /deleted/.test(now.h1), 'the end');
  await check(page, 'deleted', await (await page.request.post(`${path}/delete`, { headers: { 'Sec-Fetch-Site': 'same-origin' } })).text());
  await page.goto(path);
  await check(page, 'gone');
});
