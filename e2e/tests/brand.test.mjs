// The check as an owner makes it hers: a colour, a logo, an offer, a question at the end.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { modes, openSite } from '../lib/browser.mjs';
import { checkPage } from '../lib/check.mjs';
import { ownContent } from '../lib/host.mjs';
import { journey } from '../lib/journeys.mjs';
import { click } from '../lib/pointer.mjs';
import { begin, look, until, walk } from '../lib/walk.mjs';

// Nearly as large as a logo may be, and it packs badly.
let seed = 7;
const next = () => (seed = (seed * 1103515245 + 12345) % 2147483648) % 1000 / 10;
const strokes = Array.from({ length: 510 }, () => `L${next()} ${next()}`).join('');
const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><path fill="none" stroke="#7a2048" d="M0 0${strokes}"/></svg>`;

const content = ownContent({
  'brand: Gut & Skin Check': 'brand: Robin asks', 'light: ""': 'light: "#7a2048"', 'dark: ""': 'dark: "#f0a6cc"', 'logo: ""': 'logo: logo.svg',
  'title: "" ': 'title: My guide ', 'text: "" ': 'text: 30 simple meals. ', 'link: "" ': 'link: https://robin.example/guide ',
  'changed: []': 'changed: [diet]', 'feedback: false': 'feedback: true', 'embed: []': 'embed: [https://robin.example]',
}, { 'logo.svg': logo });
after(() => content.remove());
const site = await openSite({ content: content.folder });

test('with a colour and a large logo, the first view still takes 3 requests and 14 KB', async () => {
  assert.ok(logo.length > 4500 && logo.length <= 5120, `${logo.length} bytes`);
  const page = await site.visit(modes.phone);
  await page.goto('/');
  const parts = await page.evaluate(() => [performance.getEntriesByType('navigation')[0], ...performance.getEntriesByType('resource')].map(e => [e.name, e.encodedBodySize]));
  const fetched = parts.filter(([name]) => !name.startsWith('data:'));
  const bytes = fetched.reduce((sum, [, size]) => sum + size, 0);
  assert.ok(fetched.length <= 3 && bytes <= 14 * 1024, `${fetched.length} requests, ${bytes} bytes`);
  page.watched.quiet();
});

test('start, a question and results in own colours hold all that pages promise', async () => {
  const page = await site.visit();
  await page.goto('/');
  await checkPage(page, 'start');
  assert.match(await page.evaluate(() => getComputedStyle(document.querySelector('.logo')).backgroundImage), /^url\("data:image\/svg/);
  await page.setViewportSize(modes.desktop.viewport);
  await begin(page);
  await checkPage(page, 'a question');
  await page.setViewportSize(modes.desktop.viewport);
  await walk(page, journey('ordinary'), { started: true });
  await checkPage(page, 'results');
  assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('#feedback, #offer')].map(x => x.id)), ['feedback', 'offer']);
  await page.goto('/privacy');
  await checkPage(page, 'privacy');
});

for (const [name, mode] of [['with the script', modes.phone], ['without the script', modes.noscript]]) {
  test(`people are asked once and thanked, ${name}`, async () => {
    const page = await site.visit(mode);
    const { path } = (await walk(page, journey('ordinary'))).at(-1);
    await click(page, '#words');
    await page.keyboard.type('It is clear.');
    await click(page, '#feedback button[value=partly]');
    const thanked = await until(page, now => /^Thank you/.test(now.notice), 'the thanks');
    assert.equal(thanked.path, path);
    await page.reload();
    assert.equal(await page.evaluate(() => document.querySelector('#feedback')), null);
    assert.doesNotMatch(site.server.log(), /It is clear/);
    page.watched.quiet();
  });
}

test('nobody who is told to get help is asked or offered anything', async () => {
  for (const person of ['hard', 'crisis', 'food_worry']) {
    const page = await site.visit();
    await walk(page, journey(person));
    const there = await page.evaluate(() => [...document.querySelectorAll('#feedback, #offer')].map(x => x.id));
    assert.ok(!there.includes('offer') && (person === 'food_worry' || there.length === 0), `${person} sees ${there}`);
    assert.match((await look(page)).h1, /^Your results/);
  }
});
