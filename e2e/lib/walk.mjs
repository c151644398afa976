// One person answering the whole quiz, by what is on the page.
import assert from 'node:assert/strict';
import { byKeyboard } from './keyboard.mjs';
import { byPointer } from './pointer.mjs';

const patience = 10_000; // ms for one step
const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

// look reads where a page stands. It is asked again and again instead of waiting for
// a navigation, because a step may be a new page or a new main.
export async function look(page) {
  return page.evaluate(() => {
    const one = selector => document.querySelector(selector);
    const form = one('main form[action^="/quiz/"]');
    return {
      ready: document.readyState === 'complete',
      path: location.pathname,
      title: document.title,
      h1: one('h1')?.textContent.trim() ?? '',
      caption: one('.cap')?.textContent.trim() ?? '',
      problem: one('#problem')?.textContent.replace(/\s+/g, ' ').trim() ?? '',
      saving: one('.saving')?.textContent ?? '',
      notice: one('main [role=status]')?.textContent.trim() ?? '',
      action: form ? new URL(form.action).pathname : '',
      focus: document.activeElement?.id || document.activeElement?.localName || '',
      back: one('a.back')?.getAttribute('href') ?? '',
    };
  });
}

// until asks until a condition holds, and returns what it saw then.
export async function until(page, holds, what) {
  const end = Date.now() + patience;
  let seen;
  for (;;) {
    try {
      seen = await look(page);
      if (seen.ready && seen.h1 && holds(seen)) return seen;
    } catch (error) {
      if (!/context was destroyed|navigat|Cannot find context|frame/i.test(error.message)) throw error;
    }
    assert.ok(Date.now() < end, `${what} did not come; the page is ${JSON.stringify(seen)}`);
    await sleep(15);
  }
}

export const at = (page, path) => until(page, seen => seen.path === path, path);

// step does something and waits until the page is another one: a new address with a
// new heading. Being asked again ends the wait too.
export async function step(page, act) {
  const before = await look(page);
  await act();
  return until(page, now =>
    (now.path !== before.path && now.h1 !== before.h1) || (now.problem && now.problem !== before.problem),
  `a page after ${before.path}`);
}

// inputs are the values to tick; "skip" is the last choice, whatever it is called.
export async function inputs(page, values) {
  const all = await page.evaluate(() => [...document.querySelectorAll('fieldset input[name=a]')].map(x => x.value));
  return values.map(value => {
    if (value === 'skip') return all.at(-1);
    assert.ok(all.includes(value), `${page.url()} offers ${all}, not ${value}`);
    return value;
  });
}

export const submit = 'main form .btn:not([name=skip])';

// fill gives one answer: an option, several, a number, or "skip".
export async function fill(page, answer, by = byPointer) {
  if (typeof answer === 'number') await by.type(page, answer);
  else await by.choose(page, [answer].flat());
}

// answer gives one answer and continues.
export async function answer(page, given, by = byPointer) {
  if (given === 'skip section') {
    await sleep(500); // to read the question: a press right after the last one counts as its double click
    return step(page, () => by.press(page, 'button[name=skip]'));
  }
  await fill(page, given, by);
  return step(page, () => by.press(page, submit));
}

// begin goes from the start page through consent to the first question.
export async function begin(page, by = byPointer, each = () => {}) {
  await page.goto('/');
  await each(await look(page));
  await each(await step(page, () => by.press(page, 'main a[href="/quiz"]')));
  await by.tick(page, '#agree');
  return step(page, () => by.press(page, submit));
}

// walk answers everything and stops where the journey ends: at the results, unless
// it says otherwise. to is an earlier page to stop at, each is told of every page.
// It returns the pages seen, and fails if the end was not reached.
export async function walk(page, journey, { mode = 'pointer', to = journey.ends ?? '/r/', each = () => {}, started = false } = {}) {
  const by = mode === 'keyboard' ? byKeyboard : byPointer;
  const seen = [];
  let now = started ? await look(page) : await begin(page, by, each);
  while (seen.length < 100) {
    seen.push(now);
    assert.equal(now.problem, '', `${now.path} asked again`);
    checkCount(seen);
    await each(now);
    if (now.path.startsWith(to)) return seen;
    now = await onward(page, now, journey.answers, by);
  }
  assert.fail(`${to} was not reached: ${seen.map(s => s.path).join(' ')}`);
}

async function onward(page, now, answers, by) {
  if (['/quiz/get-help', '/quiz/answers'].includes(now.path)) return step(page, () => by.press(page, submit));
  const id = questionOf(now.path);
  assert.ok(id in answers, `the journey has no answer for ${now.path} (${now.h1})`);
  return answer(page, answers[id], by);
}

export const questionOf = path => path.replace('/quiz/', '').replaceAll('-', '_');
export const addressOf = question => `/quiz/${question.replaceAll('_', '-')}`;

// checkCount holds "question 9 of 22" to its promise: the number goes up, the total
// never does.
function checkCount(seen) {
  const counts = seen.map(s => /(\d+) \D*(\d+)$/.exec(s.caption)).filter(Boolean).map(m => [Number(m[1]), Number(m[2])]);
  const [last, now] = counts.slice(-2);
  if (!now || seen.at(-1).caption === '') return;
  assert.ok(now[1] <= last[1], `the total rose from ${last[1]} to ${now[1]}`);
  assert.ok(now[0] <= now[1], `question ${now[0]} of ${now[1]}`);
}

// draftOf reads the quiz in progress from its cookie, as the browser holds it.
export async function draftOf(page) {
  const cookie = (await page.context().cookies()).find(c => c.name === 'draft');
  if (!cookie) return null;
  const [, , key, , , helped, ...answers] = cookie.value.split('~');
  const read = value => {
    if (value.startsWith('=')) return Number(value.slice(1));
    const picked = value.split('+').filter(id => id);
    return picked.length === 1 ? picked[0] : picked;
  };
  return {
    key, helped: helped.split('+').filter(id => id),
    answers: Object.fromEntries(answers.map(part => part.split(':')).map(([id, value]) => [id, read(value)])),
  };
}

// saved waits until the draft holds an answer.
export async function saved(page, question, want) {
  const end = Date.now() + patience;
  for (;;) {
    const got = (await draftOf(page))?.answers[question];
    if (JSON.stringify(got) === JSON.stringify(want)) return;
    if (Date.now() > end) assert.deepEqual(got, want, `${question} in the draft`);
    await sleep(15);
  }
}
