// The check inside a page of another site: the owner's, a stranger's, and in a browser
// that keeps no cookies there.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { chromium } from 'playwright-core';
import { executablePath, flags, launch, modes } from '../lib/browser.mjs';
import { checkAxe } from '../lib/check.mjs';
import { inside, ownContent, startHost } from '../lib/host.mjs';
import { journey } from '../lib/journeys.mjs';
import { byKeyboard, tabTo } from '../lib/keyboard.mjs';
import { byPointer } from '../lib/pointer.mjs';
import { startServer } from '../lib/server.mjs';
import { at, look, step, submit, until, walk } from '../lib/walk.mjs';

let quiz;
const around = part => `<!doctype html><html lang="en"><title>A coach</title><script>
  messages = [];
  addEventListener('message', e => messages.push({ origin: e.origin, data: e.data }));
</script><main><h1>A coach</h1><p><a id="before" href="#x">Before</a></p>${part}<p><a id="after" href="#y">After</a></p></main></html>`;
const pages = () => ({
  '/': around(`<script src="${quiz.url}/embed.js" data-quiz></script>`),
  '/named': around(`<script src="${quiz.url}/embed.js" data-quiz data-title="My check"></script>`),
  '/plain': around(`<iframe src="${quiz.url}/embed" title="Gut &amp; Skin Check" style="width:100%;height:40rem;border:0"></iframe>`),
  '/button': around(`<script src="${quiz.url}/embed.js" data-quiz data-button="Try the check"></script>`),
  '/start': around(`<iframe src="${quiz.url}/" title="start"></iframe>`),
  '/mine': around(`<iframe src="${quiz.url}/mine" title="mine"></iframe>`),
});
const coach = await startHost(pages);
const stranger = await startHost(pages);
const content = ownContent({ 'embed: []': `embed: ["${coach.url}"]` });
quiz = await startServer({ content: content.folder });
const browser = await launch();
after(async () => {
  await browser.close();
  await Promise.all([quiz.stop(), coach.stop(), stranger.stop()]);
  content.remove();
});

async function visit(url, mode = modes.desktop, from = browser) {
  const context = await from.newContext(mode);
  return open(context, url);
}

async function open(context, url) {
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  page.notes = [];
  page.on('console', m => { if (['error', 'warning'].includes(m.type())) page.notes.push(m.text()); });
  page.on('pageerror', error => page.notes.push(error.message));
  await page.goto(url);
  return page;
}

const eventually = async (holds, what) => {
  const end = Date.now() + 10_000;
  while (!await holds()) {
    assert.ok(Date.now() < end, what);
    await new Promise(resolve => setTimeout(resolve, 25));
  }
};

// fits reports that the frame is as high as what it shows, within a step.
const fits = async (page, check) => {
  const shown = await check.evaluate(() => document.body.getBoundingClientRect().height);
  const high = await page.evaluate(() => document.querySelector('iframe').getBoundingClientRect().height);
  return high >= shown && high < shown + 101;
};

async function toResults(page, by, mode) {
  const check = inside(page, quiz.url);
  await at(check, '/embed');
  await step(check, () => by.press(check, 'main a[href="/quiz"]'));
  await by.tick(check, '#agree');
  await step(check, () => by.press(check, submit));
  await walk(check, journey('ordinary'), {
    mode, started: true, to: '/quiz/finished',
    each: async () => { if (mode !== 'noscript') await eventually(() => fits(page, check), 'the frame does not fit'); },
  });
  const [tab] = await Promise.all([page.context().waitForEvent('page'), by.press(check, submit)]);
  const results = await until(tab, now => now.path.startsWith('/r/'), 'the results');
  return { check, tab, key: results.path.slice(3) };
}

for (const [name, by, path] of [['by pointer', byPointer, '/'], ['by keyboard', byKeyboard, '/named']]) {
  test(`a whole check inside the owner's site, ${name}`, async () => {
    const page = await visit(coach.url + path);
    const { tab, key } = await toResults(page, by, by === byKeyboard ? 'keyboard' : 'pointer');
    assert.match((await look(tab)).notice, /^Saved/);
    assert.equal(await tab.evaluate(() => document.referrer + (window.opener ? 'opener' : '')), '');
    assert.match(page.url(), new RegExp(`^${coach.url}`));

    // The site around learned how high the frame is, and nothing else.
    const messages = await page.evaluate(() => messages);
    assert.ok(messages.length > 5);
    for (const { origin, data } of messages) {
      assert.equal(origin, quiz.url);
      assert.deepEqual(Object.keys(data).sort(), ['fresh', 'gutskin']);
      assert.ok(Number.isInteger(data.gutskin / 100) && typeof data.fresh === 'boolean', JSON.stringify(data));
    }
    assert.ok(!JSON.stringify([messages, coach.asked, quiz.log()]).includes(key), 'the key got out');
    assert.deepEqual(page.notes, []);

    const kept = (await page.context().cookies()).map(c => [c.name, c.sameSite, c.secure, Boolean(c.partitionKey)]);
    for (const [cookie, sameSite, secure, partitioned] of kept) {
      const framed = cookie.startsWith('framed_');
      assert.deepEqual([sameSite, secure, partitioned], framed ? ['None', true, true] : ['Lax', false, false], cookie);
    }
    assert.deepEqual(kept.map(c => c[0]).sort(), ['framed_inside', 'framed_mine', 'mine']);
  });
}

test('with the script of the check blocked, a plain frame works to the end', async () => {
  const page = await visit(`${coach.url}/plain`, modes.noscript);
  const { tab } = await toResults(page, byPointer, 'noscript');
  assert.match((await look(tab)).h1, /^Your results/);
});

test('the frame announces itself, takes no focus, and stands in its place in the order', async () => {
  const page = await visit(coach.url);
  const check = inside(page, quiz.url);
  await at(check, '/embed');
  await eventually(() => fits(page, check), 'the frame does not fit');
  assert.equal(await page.evaluate(() => document.activeElement.localName), 'body');
  const frame = await page.evaluate(() => {
    const f = document.querySelector('iframe');
    return { title: f.title, before: f.previousElementSibling.localName, after: f.nextElementSibling.textContent };
  });
  assert.deepEqual(frame, { title: 'Gut & Skin Check', before: 'script', after: 'After' });
  assert.deepEqual(await page.evaluate(() => Object.keys(window).filter(k => /gutskin|quiz|embed/i.test(k))), []);

  await page.evaluate(() => document.querySelector('#before').focus());
  await page.keyboard.press('Tab');
  assert.equal((await check.evaluate(() => document.activeElement.className)), 'skip');
  await tabTo(check, 'footer li:last-child a');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'after');
  await page.keyboard.press('Shift+Tab');
  assert.equal(await check.evaluate(() => Boolean(document.activeElement.closest('footer'))), true);
  await checkAxe(page, 'the page around');
});

test('a new question begins in sight', async () => {
  const page = await visit(coach.url, modes.phone);
  const check = inside(page, quiz.url);
  await at(check, '/embed');
  await eventually(() => fits(page, check), 'the frame does not fit');
  await step(check, () => byPointer.press(check, 'main a[href="/quiz"]'));
  await byPointer.tick(check, '#agree');
  await step(check, () => byPointer.press(check, submit));
  await eventually(() => page.evaluate(() => Math.abs(document.querySelector('iframe').getBoundingClientRect().top) < 400), 'the question is out of sight');
});

test('a form that comes back keeps the focus where the fault is', async () => {
  const page = await visit(coach.url);
  const check = inside(page, quiz.url);
  await at(check, '/embed');
  await step(check, () => byPointer.press(check, 'main a[href="/quiz"]'));
  await step(check, () => byPointer.press(check, submit));
  assert.equal((await look(check)).focus, 'problem');
});

test('a stranger gets a link and no frame', async () => {
  const page = await visit(stranger.url);
  assert.equal(await page.evaluate(() => document.querySelectorAll('iframe').length), 0);
  const link = await page.evaluate(() => { const a = document.querySelector('.gutskin-button'); return [a.href, a.target, a.rel, a.textContent]; });
  assert.deepEqual(link, [`${quiz.url}/`, '_blank', 'noopener', 'Take the Gut & Skin Check']);
  assert.deepEqual(page.notes, [`The check is not framed here: add ${stranger.url} under embed in site.yaml.`]);
});

for (const [what, url] of [
  ['the quiz, by a stranger', () => `${stranger.url}/plain`], ['the first page outside of frames', () => `${coach.url}/start`], ['the saved links', () => `${coach.url}/mine`],
]) {
  test(`refused in a frame: ${what}`, async () => {
    const page = await visit(url());
    await eventually(() => page.notes.some(n => /frame-ancestors/.test(n)), `nothing is refused: ${page.notes}`);
    assert.ok(!page.frames().some(f => f.url().startsWith(quiz.url)), 'the frame shows the check');
  });
}

test('results and their pages are refused in a frame of the owner too', async () => {
  const page = await visit(coach.url);
  const { key } = await toResults(page, byPointer, 'pointer');
  for (const path of [`/r/${key}`, `/r/${key}/delete`, `/r/${key}/save`]) {
    page.notes.length = 0;
    await page.evaluate(src => { document.querySelector('iframe').src = src; }, quiz.url + path);
    await eventually(() => page.notes.some(n => /frame-ancestors/.test(n)), `${path} is not refused: ${page.notes}`);
  }
});

test('the button opens the check in a new tab', async () => {
  const page = await visit(`${coach.url}/button`);
  const [tab] = await Promise.all([page.context().waitForEvent('page'), page.click('text=Try the check')]);
  assert.match((await until(tab, now => now.path === '/', 'the first page')).h1, /^How are your daily habits/);
  assert.equal(await page.evaluate(() => document.querySelectorAll('iframe').length), 0);
});

// What a browser keeps is set in its profile.
async function withProfile(profile, work) {
  const folder = mkdtempSync(join(tmpdir(), 'gutskin-profile-'));
  mkdirSync(join(folder, 'Default'));
  writeFileSync(join(folder, 'Default', 'Preferences'), JSON.stringify({ profile }));
  const context = await chromium.launchPersistentContext(folder, { executablePath, args: flags, ...modes.desktop });
  try {
    await work(context);
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

test('where cookies of other sites are blocked, those of the frame are its own and stay', async () => {
  await withProfile({ block_third_party_cookies: true, cookie_controls_mode: 1 }, async context => {
    const page = await open(context, coach.url);
    const { tab } = await toResults(page, byPointer, 'pointer');
    assert.match((await look(tab)).h1, /^Your results/);
  });
});

test('where no cookies are kept, that is said, and the check opens in its own tab', async () => {
  await withProfile({ default_content_setting_values: { cookies: 2 } }, async context => {
    const page = await open(context, coach.url);
    const check = inside(page, quiz.url);
    await at(check, '/embed');
    const said = await step(check, () => byPointer.press(check, 'main a[href="/quiz"]'));
    assert.equal(said.h1, 'Open the check in its own tab');
    await eventually(() => fits(page, check), 'the frame does not fit');
    const [tab] = await Promise.all([context.waitForEvent('page'), byPointer.press(check, 'main .btn')]);
    await until(tab, now => now.path === '/', 'the first page');
  });
});
