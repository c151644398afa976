// What a visit costs, in bytes of brotli bodies and in requests.
//
// The browser says what it fetched and how large each body was on the wire
// (encodedBodySize of its resource timing: headers are not in it). What the script
// fetches in the background is counted apart. The icon is one more request, unless
// it is inside the page; browsers ask for it when they like, so its link counts.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { modes, openSite } from '../lib/browser.mjs';
import { journey } from '../lib/journeys.mjs';
import { click } from '../lib/pointer.mjs';
import { answer, begin, look, step, submit, walk } from '../lib/walk.mjs';

const site = await openSite();
const kilo = 1024;
const table = [];

after(() => {
  mkdirSync(new URL('../out/', import.meta.url), { recursive: true });
  const lines = table.map(([what, got, most]) => `${what.padEnd(44)} ${String(got).padStart(7)} ${String(most).padStart(7)}${got > most ? '  over' : ''}`);
  writeFileSync(new URL('../out/budgets.txt', import.meta.url), `${['budget'.padEnd(44), '    got', '   most'].join(' ')}\n${lines.join('\n')}\n`);
});

function within(what, got, most) {
  table.push([what, got, most]);
  assert.ok(got <= most, `${what}: ${got}, at most ${most}`);
}

// cost is what the document in a page took, beside what its script fetched.
async function cost(page) {
  return page.evaluate(() => {
    const icon = document.querySelector('link[rel=icon]')?.href ?? '';
    const all = [performance.getEntriesByType('navigation')[0], ...performance.getEntriesByType('resource')]
      .filter(e => e.initiatorType !== 'fetch' && e.name !== icon && (e.transferSize > 0 || e.entryType === 'navigation'));
    return {
      requests: all.length + (all.length > 1 && icon.startsWith('http') ? 1 : 0),
      bytes: all.reduce((n, e) => n + e.encodedBodySize, 0),
      parts: Object.fromEntries(all.map(e => [e.entryType === 'navigation' ? 'html' : e.name.split('.').at(-1), e.encodedBodySize])),
    };
  });
}

// fresh opens an address as someone whose browser holds the cookies and nothing else.
async function fresh(from, path) {
  const page = await site.visit(modes.phone);
  if (from) await page.context().addCookies(await from.context().cookies());
  const response = await page.goto(path);
  // Personal pages are packed anew each time, with the cheaper of the two.
  assert.match((await response.allHeaders())['content-encoding'] ?? '', /^(br|gzip)$/);
  return cost(page);
}

test('first view of start, first question and results', async t => {
  const page = await site.visit();
  const start = await fresh(null, '/');
  await t.test('start', () => within('first view of start', start.bytes, 14 * kilo));
  await t.test('start, requests', () => within('first view of start: requests', start.requests, 3));
  await t.test('style sheet', () => within('style sheet', start.parts.css, 5 * kilo));
  await t.test('script', () => within('script', start.parts.js, 3.5 * kilo));

  const first = await begin(page);
  const question = await fresh(page, first.path);
  await t.test('question', () => within('first view of the first question', question.bytes, 14 * kilo));
  await t.test('question, requests', () => within('first view of the first question: requests', question.requests, 3));

  const results = (await walk(page, journey('ordinary'), { started: true })).at(-1);
  for (const name of ['ordinary', 'hard']) {
    const person = name === 'ordinary' ? results : (await walk(await site.visit(), journey(name))).at(-1);
    const view = await fresh(null, person.path);
    await t.test(`results, ${name}`, () => within(`first view of results, ${name}`, view.bytes, 14 * kilo));
    await t.test(`results, ${name}, requests`, () => within(`first view of results, ${name}: requests`, view.requests, 3));
  }
});

test('later question pages, without the script', async t => {
  const page = await site.visit(modes.noscript);
  let most = { bytes: 0, requests: 0 };
  await begin(page);
  let now = await answer(page, 'a18_34');
  for (const given of ['none', 'none', 'none', 'none', 'no', 'none', 'fine']) {
    const got = await cost(page);
    most = { bytes: Math.max(most.bytes, got.bytes), requests: Math.max(most.requests, got.requests) };
    now = await answer(page, given);
  }
  assert.equal(now.path, '/quiz/plants');
  await t.test('bytes', () => within('later question page, largest', most.bytes, 2.5 * kilo));
  await t.test('requests', () => within('later question page: requests', most.requests, 1));
});

test('steps with the script: one request each at most', async () => {
  const page = await site.visit();
  await begin(page);
  let requests = 0, steps = 0;
  // What lies under /static/ is fetched once; later it comes from the browser's cache.
  page.on('request', request => { if (!request.url().includes('/static/')) requests++; });
  for (const given of ['a18_34', 'none', 'none', 'none', 'none', 'no', 'none', 'fine', 'p0_9', 'fv2']) {
    await answer(page, given);
    steps++;
  }
  await look(page);
  within('requests for 10 steps with the script', requests, steps);
});

test('error pages and check-answers are small too', async () => {
  const page = await site.visit(modes.noscript);
  await walk(page, journey('ordinary'), { to: '/quiz/answers' });
  within('check answers', (await cost(page)).bytes, 14 * kilo);
  await step(page, () => click(page, submit));
});
