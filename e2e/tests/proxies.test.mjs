// The check behind nginx and behind Caddy, with the configurations that owners get. The
// link to a result is all that anyone needs to read it: it may stand in no log.
import assert from 'node:assert/strict';
import { request as plainRequest } from 'node:http';
import { Agent, request as tlsRequest } from 'node:https';
import { test } from 'node:test';
import { launch, modes } from '../lib/browser.mjs';
import { journey } from '../lib/journeys.mjs';
import { freePort, installed, proxies, startProxy } from '../lib/proxies.mjs';
import { startServer } from '../lib/server.mjs';
import { walk } from '../lib/walk.mjs';
import { watch } from '../lib/watch.mjs';

const limit = 120; // forms a minute from one address; more than one visit sends
const leastTime = 3000; // ms: where there is a limit, whoever is done sooner is asked again

// What one line says of a request, and nothing else.
const areas = '(other|/[a-z-]*)';
const lines = {
  nginx: new RegExp(`^\\S+T\\S+ [A-Z]+ ${areas} \\d{3} \\d+ bytes [\\d.]+ s, the check answered "(\\d{3}|-|)"$`),
  caddy: new RegExp(`^{"level":"\\w+","ts":[\\d.]+,"logger":"http.log.access.log0","msg":"handled request",` +
    `"request":{"proto":"[^"]*","method":"[A-Z]+","host":"[^"]*","uri":"${areas}"},("bytes_read":\\d+,)?"duration":[\\d.e-]+,"size":\\d+,"status":\\d+}$`),
};

for (const kind of Object.keys(proxies)) {
  const skip = !installed(kind) && !process.env.CI && `${kind} is missing: apt-get install ${kind}`;
  test(`the quiz goes through ${kind}, and its logs know nobody`, { skip }, async t => {
    const ports = { tls: await freePort(), plain: await freePort() };
    const url = `https://localhost:${ports.tls}`;
    const server = await startServer({ limit, args: ['--base-url', url] });
    t.after(server.stop);
    const proxy = await startProxy(kind, { ...ports, to: new URL(server.url).host });
    t.after(proxy.stop);
    const browser = await launch();
    t.after(() => browser.close());

    const context = await browser.newContext({ baseURL: url, ignoreHTTPSErrors: true, ...modes.desktop });
    const page = await context.newPage();
    page.watched = await watch(page, url);
    const person = journey('ordinary');
    const drafts = new Set();
    const seen = await walk(page, person, { each: async ({ path }) => {
      for (const c of await context.cookies()) drafts.add(c.value);
      if (path === '/quiz/answers') await page.waitForTimeout(leastTime);
    } });
    const result = seen.at(-1).path;
    const key = result.split('/')[2];
    assert.match(key, /^[A-Z2-7]{26}$/);
    assert.ok((await page.reload()).ok());
    for (const at of ['/sums', '/data.json', '/plan.ics', '/advice/unknown']) await page.request.get(result + at);
    page.watched.quiet();

    const ask = asker(ports);
    assert.equal((await ask('/', { headers: { Cookie: `other=${'x'.repeat(12_000)}` } })).status, 200, 'long cookies');
    assert.equal((await ask(result, { headers: { Host: `localhost:${ports.tls}` } })).status, 200, 'a saved link');
    // The check hangs up on a form that is too long; Caddy may notice that before it reads why.
    for (const length of [100_000, 200_000]) {
      const { status } = await ask('/mine', { method: 'POST', body: 'x'.repeat(length) });
      assert.ok(status === 413 || kind === 'caddy' && status === 502, `a form of ${length} bytes: ${status}`);
    }
    await checkRedirect(ask, result);
    await checkLimit(ask);

    // Each of these once made a proxy write down what it was asked for.
    const strays = [`/R/${key}`, `//r/${key}`, `/%72/${key}`, `/${key}`, `/?${key}`, `/quiz/${key}`, `/r?link=${key}`, `/mine/../r/${key}`, `/r/${key}/%zz`];
    for (const path of strays) await ask(path, { headers: { Referer: url + result, Cookie: `mine=${key}`, 'User-Agent': key } });
    await ask(`/r/${key}`, { headers: { Cookie: `a=${key.repeat(2000)}` } });
    await ask(`/r/${key}`, { headers: { Host: 'elsewhere.example' } });
    await server.stop();
    assert.equal((await ask(result)).status, 502, 'the check is away');

    const secrets = [key, ...drafts, ...answersOf(person)].filter(secret => secret);
    checkSilence(server.log(), secrets, 'the check');
    checkSilence(proxy.logs(), [...secrets, '127.0.0.2', '/quiz/', 'Mozilla', 'elsewhere'], kind);
    const requests = proxy.requests().trimEnd().split('\n');
    assert.ok(requests.length > seen.length, `${kind} logged ${requests.length} requests`);
    for (const line of requests) assert.match(line, lines[kind]);
    for (const wanted of ['502', '"?/r"?', '"?/quiz"?']) assert.match(proxy.requests(), new RegExp(wanted));
  });
}

// answersOf are the answers that a log could not hold by chance: it has random numbers of
// its own, in which "d0" stands now and then.
function answersOf(person) {
  return Object.values(person.answers).flat().filter(a => typeof a === 'string' && a.includes('_'));
}

function checkSilence(log, secrets, who) {
  for (const secret of secrets) {
    const line = log.split('\n').find(line => line.toLowerCase().includes(secret.toLowerCase()));
    assert.equal(line, undefined, `${who} wrote ${secret}`);
  }
}

// asker sends one request past the browser, which would not send all of these. from is the
// address of this machine it comes from.
function asker({ tls, plain }) {
  const agent = new Agent({ rejectUnauthorized: false, keepAlive: true });
  return (path, { method = 'GET', headers = {}, body = '', from = '127.0.0.1', secure = true } = {}) => new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', servername: 'localhost', port: secure ? tls : plain, path, method, localAddress: from,
      headers: { Host: 'localhost', 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': body.length, ...headers } };
    const sent = (secure ? tlsRequest : plainRequest)(secure ? { ...options, agent } : options, response => {
      let text = '';
      response.setEncoding('utf8').on('data', part => { text += part; });
      response.on('end', () => resolve({ status: response.statusCode, location: response.headers.location, body: text }));
    });
    sent.on('error', reject).end(body);
  });
}

async function checkRedirect(ask, result) {
  const { status, location } = await ask(result, { secure: false });
  assert.ok([301, 308].includes(status), `http answers ${status}`);
  const to = new URL(location);
  assert.deepEqual([to.protocol, to.hostname, to.pathname], ['https:', 'localhost', result]);
}

// checkLimit sends forms from one address until it is turned away, whatever address it
// claims to have. Another address may go on.
async function checkLimit(ask) {
  const send = (from, claimed) => ask('/mine', { method: 'POST', body: 'link=x', from, headers: { 'X-Forwarded-For': claimed, 'X-Real-IP': claimed, Forwarded: `for=${claimed}` } });
  let refused = 0;
  for (let i = 0; i < limit + 5; i++) refused += (await send('127.0.0.2', `198.51.100.${i}`)).status === 429;
  assert.ok(refused >= 5, `only ${refused} forms over the limit were refused`);
  assert.notEqual((await send('127.0.0.3', '127.0.0.2')).status, 429, 'a neighbour is refused as well');
}
