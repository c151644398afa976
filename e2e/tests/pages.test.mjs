// The pages under a link, and a section at a time: in every state that a person comes
// by, with everything that is checked on every page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modes, openSite } from '../lib/browser.mjs';
import { checkPage } from '../lib/check.mjs';
import { journey } from '../lib/journeys.mjs';
import { begin, look, until, walk } from '../lib/walk.mjs';

const site = await openSite();
const send = 'main form.ask .acts .btn';

async function results(name = 'ordinary') {
  const page = await site.visit(modes.desktop);
  return { page, path: (await walk(page, journey(name))).at(-1).path };
}

// press sends a form and waits until another page, or the same one anew, is there.
async function press(page, selector) {
  await page.evaluate(() => { document.documentElement.dataset.old = '1'; });
  await page.click(selector);
  await page.waitForFunction(() => !document.documentElement.dataset.old && document.readyState === 'complete');
}

for (const name of ['ordinary', 'hard']) {
  test(`every page that results lead to, ${name}`, async () => {
    const { page, path } = await results(name);
    const advice = await page.evaluate(() => document.querySelector('a.go[href*="/advice/"]').pathname);
    for (const at of [`${path}/sums`, `${path}/what-if`, `${path}/save`, `${path}/data`, `${path}/again`, `${path}/renew`, advice]) {
      await page.goto(at);
      await checkPage(page, at.replace(path, ''));
    }
  });
}

test('answers that are tried', async () => {
  const { page, path } = await results();
  await page.goto(`${path}/what-if`);
  await page.evaluate(() => { for (const d of document.querySelectorAll('details')) d.open = true; });
  await page.check('input[name="unwind"][value="d5_7"]');
  await page.click('.btn[formaction$="#tried"]');
  await page.waitForFunction(() => document.querySelector('#tried dl'));
  assert.equal(new URL(page.url()).pathname, `${path}/what-if`);
  await checkPage(page, 'answers that are tried');
});

test('a plan, from the ideas to looking back', async () => {
  const { page, path } = await results();
  await page.goto(`${path}/plan/choose`);
  await checkPage(page, 'ideas');
  await press(page, send);
  await checkPage(page, 'no idea chosen');
  await page.check('main form.ask input[type=checkbox] >> nth=0');
  await page.check('main form.ask input[type=checkbox] >> nth=1');
  await press(page, send);
  await checkPage(page, 'the form of a plan');
  await press(page, send);
  await checkPage(page, 'a plan without days');
  for (const box of await page.$$('fieldset.days label:first-of-type input[type=checkbox]')) await box.check();
  await press(page, send);
  await until(page, now => now.path === `${path}/plan`, 'the plan');
  await checkPage(page, 'the plan');
  await page.goto(`${path}/plan/remove`);
  await checkPage(page, 'a plan to remove');
  await page.goto(`${path}/check-in`);
  await checkPage(page, 'looking back');
  await press(page, send);
  await checkPage(page, 'looking back, nothing answered');
  for (const skip of await page.$$('main .or + .opt input')) await skip.check();
  await press(page, send);
  await until(page, now => now.path === `${path}/check-in/result`, 'the result of looking back');
  await checkPage(page, 'the result of looking back');
});

test('a view-only link, and a device that forgets', async () => {
  const { page, path } = await results();
  await page.goto(`${path}/save`);
  await press(page, `form[action="${path}/share"] .btn`);
  await checkPage(page, 'a link for nobody knows how long');
  await page.check('input[name=until] >> nth=0');
  await press(page, `form[action="${path}/share"] .btn`);
  await checkPage(page, 'a view-only link is ready');
  const link = new URL(await page.inputValue('#view-1')).pathname;
  const viewer = await site.visit(modes.phone);
  for (const at of [link, `${link}/sums`, `${link}/what-if`]) {
    await viewer.goto(at);
    assert.equal(await viewer.$(`main a[href$="/delete"], main a[href$="/save"]`), null, `${at} offers what a viewer must not do`);
    await checkPage(viewer, at.replace(link, 'view-only '));
  }
  viewer.watched.allow(/403/);
  assert.equal((await viewer.goto(`${link}/save`)).status(), 403);
  await checkPage(viewer, 'view-only, refused');
  await press(page, 'form[action="/mine/forget"] .btn');
  await page.goto(path);
  await checkPage(page, 'forgotten on this device');
});

test('the check done again: last time, older results, comparison', async () => {
  const { page, path } = await results();
  await page.goto(`${path}/again`);
  await press(page, 'main form .btn');
  await checkPage(page, 'again, without agreeing');
  await page.check('#agree');
  await press(page, 'main form .btn');
  await walk(page, journey('hard'), { started: true });
  await checkPage(page, 'results with those of last time');
  assert.equal((await look(page)).path, path, 'another link');
  for (const at of ['/compare', '/report/1', '/data', '/delete']) {
    await page.goto(path + at);
    await checkPage(page, at);
  }
});

test('a section at a time', async () => {
  const page = await site.visit();
  await begin(page);
  await page.goto('/quiz/section/start');
  await checkPage(page, 'a section');
  await press(page, send);
  await checkPage(page, 'a section, nothing answered');
});
