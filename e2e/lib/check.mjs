// What every page must be, in every state.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { HtmlValidate } from 'html-validate';
import { modes } from './browser.mjs';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// All of WCAG 2.0 to 2.2 at A and AA, and best practice. No rule is off, and nothing
// is excused.
const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

// checkAxe runs axe in the colours given and returns how many results axe leaves for
// a person to decide.
export async function checkAxe(page, where, looks = [{ colorScheme: 'light' }]) {
  await page.evaluate(`if (!window.axe) { ${axeSource} }`);
  let undecided = 0;
  await changing(page, async () => {
    for (const look of looks) undecided += await checkLook(page, where, look);
    await page.emulateMedia({ colorScheme: null, forcedColors: null });
  });
  return undecided;
}

async function checkLook(page, where, look) {
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', ...look });
  await page.evaluate(painted); // until they show
  const found = await page.evaluate(async tags => {
    const { violations, incomplete } = await window.axe.run(document, {
      runOnly: tags, rules: { 'target-size': { enabled: true } }, resultTypes: ['violations', 'incomplete'],
    });
    return {
      violations: violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary.split('\n')[1]?.trim()}`)),
      undecided: incomplete.reduce((n, v) => n + v.nodes.length, 0),
    };
  }, axeTags);
  assert.deepEqual(found.violations, [], `axe on ${where}, ${JSON.stringify(look)}`);
  return found.undecided;
}

// changing does something to a page that moves its parts, as no visit does. What
// shifts meanwhile is the test's own doing.
export async function changing(page, change) {
  await page.evaluate(() => { (window.changes ??= []).push([performance.now(), Infinity]); });
  await change();
  await page.evaluate(painted);
  await page.evaluate(() => { window.changes.at(-1)[1] = performance.now(); });
}

const painted = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())));

export const allLooks = [
  { colorScheme: 'light' }, { colorScheme: 'dark' }, { forcedColors: 'active' },
];

// The standard's rules and the validator's own, less these, which are about taste:
// how the doctype, void elements, boolean attributes and empty values are written,
// white space at the end of lines, the length of titles (ours hold the question), a
// button that says that it submits, a label that names the control inside it. A box
// that scrolls is a div with the role region, as WAI teaches. Checkboxes of one question share a name.
const html = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    'void-style': 'off', 'no-trailing-whitespace': 'off', 'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off', 'doctype-style': 'off', 'long-title': 'off',
    'no-implicit-button-type': 'off', 'no-redundant-for': 'off',
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'button', 'submit'] }],
    'prefer-native-element': ['error', { exclude: ['region'] }],
  },
});

// checkHtml validates what the server sent.
export async function checkHtml(text, where) {
  const report = await html.validateString(text);
  const faults = report.results.flatMap(r => r.messages.map(m => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`));
  assert.deepEqual(faults, [], `HTML of ${where}`);
}

// checkLayout measures a page as it is laid out now: nothing sticks out sideways,
// every target can be hit, no id is there twice.
export async function checkLayout(page, where) {
  assert.deepEqual(await page.evaluate(measure), [], `layout of ${where} at ${page.viewportSize().width} px`);
}

function measure() {
  const faults = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) faults.push(`scrolls sideways: ${root.scrollWidth} in ${root.clientWidth}`);

  const ids = [...document.querySelectorAll('[id]')].map(x => x.id);
  for (const id of new Set(ids.filter((x, i) => ids.indexOf(x) !== i))) faults.push(`id twice: ${id}`);
  if (document.querySelectorAll('h1').length !== 1) faults.push('not exactly one h1');

  // A link with words beside it in its line is part of a sentence.
  const inSentence = x => x.localName === 'a' && getComputedStyle(x).display === 'inline' &&
    x.parentElement.textContent.trim().length > x.textContent.trim().length;
  for (const x of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')) {
    const target = x.closest('label') ?? x;
    const box = target.getBoundingClientRect();
    if (!x.checkVisibility({ contentVisibilityAuto: true }) || box.width === 0 || inSentence(x)) continue;
    const least = x.closest('.opt') ? 56 : 44;
    if (box.height < least - 0.05) faults.push(`${Math.round(box.height * 10) / 10} px high, not ${least}: ${x.outerHTML.slice(0, 90)}`);
  }
  return faults;
}

// checkSpacing lays the page out with the text spacing that WCAG 1.4.12 names and
// fails where text is cut off.
export async function checkSpacing(page, where) {
  const faults = await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }');
    document.adoptedStyleSheets = [sheet];
    const cut = [...document.querySelectorAll('main *, header *, footer *')].filter(x => {
      const s = getComputedStyle(x);
      if (x.closest('.vh, svg') || !x.textContent.trim() || s.display === 'inline') return false;
      const clips = v => v === 'hidden' || v === 'clip';
      return (clips(s.overflowY) && x.scrollHeight > x.clientHeight + 1) || (clips(s.overflowX) && x.scrollWidth > x.clientWidth + 1);
    });
    const root = document.documentElement;
    const wide = root.scrollWidth > root.clientWidth ? ['the page scrolls sideways'] : [];
    const faults = [...wide, ...cut.map(x => `cut off: ${x.outerHTML.slice(0, 90)}`)];
    document.adoptedStyleSheets = [];
    return faults;
  });
  assert.deepEqual(faults, [], `text spacing on ${where}`);
}

// listed reads from the page about privacy which cookies there are and for how many
// seconds each is kept, once for each server.
const lists = new Map();
function listed(origin) {
  if (!lists.has(origin)) lists.set(origin, readList(origin));
  return lists.get(origin);
}

async function readList(origin) {
  const text = await (await fetch(`${origin}/privacy`, { headers: { 'Accept-Language': 'en' } })).text();
  const rows = text.matchAll(/<th scope="row">([^<]+)<\/th><td>[^<]*<\/td><td>(\d+) (minute|day|month)/g);
  const seconds = { minute: 60, day: 86400, month: 365 * 86400 / 12 };
  const list = new Map([...rows].map(([, name, n, unit]) => [name, n * seconds[unit]]));
  assert.ok(list.size >= 4, `the page about privacy lists ${[...list.keys()]}`);
  return list;
}

const journey = 900; // seconds that a test takes at most

// checkStorage fails on anything kept on the device but the cookies that the page about
// privacy lists, each for as long as it says.
export async function checkStorage(page, where) {
  const list = await listed(new URL(page.url()).origin);
  for (const c of await page.context().cookies()) {
    assert.ok(list.has(c.name), `a cookie ${c.name} on ${where}, which the page about privacy does not list`);
    assert.deepEqual([c.httpOnly, c.sameSite, c.path], [true, c.name === 'operator' ? 'Strict' : 'Lax', '/'], `cookie ${c.name} on ${where}`);
    const left = c.expires - Date.now() / 1000, most = list.get(c.name);
    assert.ok(left <= most + 2 && left >= most - journey, `cookie ${c.name} on ${where} is kept for ${left} s, not for ${most} s`);
  }
  const kept = await page.evaluate(async () => [
    localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length, document.cookie,
    (await navigator.serviceWorker?.getRegistrations() ?? []).length,
  ]);
  assert.deepEqual(kept, [0, 0, 0, 0, '', 0], `storage on ${where}`);
}

// checkPage runs everything on the page as it is, at 320 px. html is what the server sent, where
// the address alone would not bring it again.
export async function checkPage(page, where, html) {
  await page.setViewportSize(modes.narrow.viewport);
  await page.evaluate(() => { for (const d of document.querySelectorAll('details')) d.open = true; });
  const faults = [];
  const all = [
    () => checkLayout(page, where),
    () => checkAxe(page, where, allLooks),
    () => checkStorage(page, where),
    async () => checkHtml(html ?? await (await page.request.get(page.url())).text(), where),
    async () => page.watched.quiet(),
  ];
  for (const one of all) await one().catch(error => faults.push(error.message));
  assert.equal(faults.join('\n'), '');
}
