// The owner's side: signing in, the figures of made-up people, and what they look like
// in every colour and at 320 px.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { modes, openSite } from '../lib/browser.mjs';
import { checkPage, checkSpacing } from '../lib/check.mjs';
import { click } from '../lib/pointer.mjs';
import { binary } from '../lib/server.mjs';
import { at, look, step, submit, until } from '../lib/walk.mjs';

const password = 'four words that do not belong';
const root = fileURLToPath(new URL('../..', import.meta.url));

const site = await openSite({
  prepare: db => {
    execFileSync('go', ['run', './e2e/figures', db], { cwd: root, stdio: 'inherit' });
    execFileSync(binary, ['operator', 'set-password', '--db', db], { input: `${password}\n` });
  },
});

async function signIn(page, typed = password) {
  await page.goto('/operator');
  await page.locator('#password').fill(typed);
  return step(page, () => click(page, submit));
}

for (const [name, mode] of [['with the script', modes.desktop], ['without the script', modes.noscript]]) {
  test(`signing in, looking, choosing and signing out, ${name}`, async () => {
    const page = await site.visit(mode);
    const wrong = await signIn(page, 'not the password');
    assert.match(wrong.problem, /Enter the password/);
    await until(page, now => now.focus === 'problem', 'focus on the summary');
    assert.equal((await signIn(page)).path, '/operator/figures');
    const started = await page.locator('dl dd').first().textContent();

    await page.locator('#from').fill('soon');
    await click(page, 'form[action="/operator/figures"] .btn');
    await until(page, now => /first month like/.test(now.problem), 'the problem');
    const month = await page.evaluate(() => new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() - 3, 1)).toISOString().slice(0, 7));
    await page.locator('#from').fill(month);
    await click(page, 'form[action="/operator/figures"] .btn');
    await until(page, now => !now.problem, 'fewer months');
    assert.notEqual(await page.locator('dl dd').first().textContent(), started);

    const sheet = await page.request.get(await page.locator('a[download]').getAttribute('href'));
    assert.match(sheet.headers()['content-disposition'], /figures\.csv/);
    assert.match(await sheet.text(), /"Finished"/);
    await click(page, 'form[action="/operator/sign-out"] .btn');
    assert.match((await at(page, '/operator')).notice, /signed out/);
    await page.goto('/operator/figures');
    assert.equal((await look(page)).path, '/operator');
    page.watched.quiet();
  });
}

test('every page of the owner, light, dark and in forced colours, at 320 px', async () => {
  const page = await site.visit();
  await page.goto('/operator');
  await checkPage(page, 'sign in');
  await signIn(page, 'not the password');
  await checkPage(page, 'sign in, wrong', await page.content());
  await signIn(page);
  await checkPage(page, 'figures');
  await checkSpacing(page, 'figures');
  await page.goto('/operator/figures?from=2001-01&to=2001-02');
  await checkPage(page, 'figures, none');
  await page.goto('/operator/figures?from=soon');
  await checkPage(page, 'figures, wrong', await page.content());
});

test('a page of figures is wholly there in print', async () => {
  const page = await site.visit();
  await signIn(page);
  await page.emulateMedia({ media: 'print' });
  const hidden = await page.evaluate(() => [...document.querySelectorAll('main table')].filter(t => t.getBoundingClientRect().height === 0).length);
  assert.equal(hidden, 0);
  assert.equal(await page.locator('main form').first().isVisible(), false);
});
