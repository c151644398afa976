// The check under a path of a site that serves other things too.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { after, test } from 'node:test';
import { launch, modes } from '../lib/browser.mjs';
import { journey } from '../lib/journeys.mjs';
import { byPointer } from '../lib/pointer.mjs';
import { startServer } from '../lib/server.mjs';
import { answer, look, questionOf, step, submit, until } from '../lib/walk.mjs';
import { watch } from '../lib/watch.mjs';

const base = '/our/check';

const server = await startServer({ base });
const asked = []; // every path that a browser asked the site for

// The site: what is under the path goes to the check as it is, and nothing else is there.
const site = createServer((from, to) => {
  asked.push(from.url);
  if (!from.url.startsWith(`${base}/`)) {
    to.writeHead(500).end('this is not the check');
    return;
  }
  from.pipe(request(server.url + from.url, { method: from.method, headers: from.headers }, answered => {
    to.writeHead(answered.statusCode, answered.headers);
    answered.pipe(to);
  }));
});
site.listen(0, '127.0.0.1');
await once(site, 'listening');
const origin = `http://127.0.0.1:${site.address().port}`;
const browser = await launch();
after(async () => {
  await browser.close();
  site.close();
  await server.stop();
});

const { answers } = journey('ordinary');
const press = selector => page => step(page, () => byPointer.press(page, selector));

for (const mode of ['desktop', 'noscript']) {
  test(`a whole visit under a path, ${mode}`, async () => {
    asked.length = 0;
    const context = await browser.newContext(modes[mode]);
    const page = await context.newPage();
    page.watched = await watch(page, origin);
    await page.goto(`${origin}${base}/`);
    await press(`main a[href="${base}/quiz"]`)(page);
    await byPointer.tick(page, '#agree');
    let now = await press(submit)(page);
    while (!now.path.startsWith(`${base}/r/`)) {
      const at = now.path.slice(base.length);
      assert.ok(now.path.startsWith(`${base}/quiz/`), now.path);
      now = ['/quiz/get-help', '/quiz/answers'].includes(at) ? await press(submit)(page) : await answer(page, answers[questionOf(at)]);
    }
    for (const cookie of await context.cookies()) assert.equal(cookie.path, `${base}/`, cookie.name);

    const results = now.path;
    for (const link of ['save', 'what-if', 'plan', 'data', 'sums', 'again', 'delete']) {
      await page.goto(`${origin}${results}/${link}`);
      await until(page, seen => seen.path.startsWith(results), link);
    }
    await page.goto(`${origin}${results}/what-if`);
    await page.evaluate(() => { for (const part of document.querySelectorAll('details')) part.open = true; });
    const before = asked.length;
    await page.locator('main [type=radio]:not(:checked)').first().check();
    await page.locator(`button[formaction^="${base}"]`).last().click();
    await page.waitForLoadState();
    await until(page, seen => seen.path === `${results}/what-if` && asked.length > before, 'the tried answers');
    await page.goto(`${origin}${base}/mine`);
    await press(`main a[href="${results}"]`)(page);
    assert.equal((await look(page)).path, results);

    assert.deepEqual(asked.filter(path => !path.startsWith(`${base}/`)), []);
    const sent = asked.filter(path => path === `${base}/quiz/steps`).length;
    assert.ok(mode === 'noscript' ? sent === 0 : sent > 5, `the script sent ${sent} times`);
    page.watched.quiet();
    await context.close();
  });
}
