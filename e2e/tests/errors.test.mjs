// What happens when an answer cannot be taken, with the script and without it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modes, openSite } from '../lib/browser.mjs';
import { journey } from '../lib/journeys.mjs';
import { byPointer, click } from '../lib/pointer.mjs';
import { answer, begin, look, step, submit, until, walk } from '../lib/walk.mjs';

const site = await openSite();

for (const [name, mode] of [['with the script', modes.desktop], ['without the script', modes.noscript]]) {
  test(`nothing chosen: the summary has the focus, ${name}`, async () => {
    const page = await site.visit(mode);
    const asked = await begin(page);
    const first = await step(page, () => click(page, submit));
    assert.equal(first.path, asked.path);
    assert.equal(first.h1, asked.h1);
    assert.ok(first.title.startsWith(`Error: ${asked.title}`), first.title);
    assert.equal((await until(page, now => now.focus === 'problem', 'focus on the summary')).focus, 'problem');

    const second = await step(page, () => click(page, submit));
    assert.notEqual(second.problem, first.problem, 'the second miss is worded like the first');
    assert.match(second.problem, /not sure, or prefer not to say/);
    await until(page, now => now.focus === 'problem', 'focus on the summary');
    await click(page, '#problem a');
    await until(page, now => now.focus === 'a1', 'focus on the first answer');
    assert.match((await answer(page, 'a18_34')).path, /urgent/);
    page.watched.quiet();
  });

  test(`what was ticked or typed stays, ${name}`, async () => {
    const page = await site.visit(mode);
    await walk(page, journey('ordinary'), { to: '/quiz/conditions' });
    await byPointer.choose(page, ['coeliac', 'none']);
    const both = await step(page, () => click(page, submit));
    assert.match(both.problem, /on its own/);
    assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('fieldset :checked')].map(x => x.value)), ['coeliac', 'none']);
    await answer(page, 'none');

    await walk(page, journey('ordinary'), { to: '/quiz/sleep-hours', started: true });
    await byPointer.type(page, '25');
    assert.match((await step(page, () => click(page, submit))).problem, /from 0 to 16/);
    assert.equal(await page.evaluate(() => document.querySelector('#n').value), '25');
    await until(page, now => now.focus === 'problem', 'focus on the summary');
    assert.match((await answer(page, 7)).path, /sleep-trouble/);
    page.watched.quiet();
  });

  test(`consent: boxes start empty, and nothing is kept without it, ${name}`, async () => {
    const page = await site.visit(mode);
    await page.goto('/quiz');
    await until(page, now => now.path === '/quiz/consent', 'consent');
    assert.equal(await page.evaluate(() => document.querySelectorAll(':checked').length), 0);
    await step(page, () => click(page, submit));
    await until(page, now => now.focus === 'problem', 'focus on the summary');
    assert.deepEqual(await page.context().cookies(), []);
    await page.goto('/quiz/sleep-hours');
    assert.equal((await look(page)).path, '/quiz/consent');
    page.watched.quiet();
  });
}
