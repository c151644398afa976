// What a page must never do, noted for as long as it lives: messages on the console,
// content that the security policy refuses, requests to others, content that shifts.
import assert from 'node:assert/strict';

// Chromium notes every status from 400 on the console. Where a test asks for such a
// page, its note is not a fault of the page.
const asked = /^Failed to load resource: the server responded with a status of (404|409|410|422|429)\b/;

// Chromium drops the fade between two pages when the second is drawn too early, and
// reports that as an error although no script asked for the fade.
const dropped = /^Transition was (aborted|skipped)/;

// watch returns the notes of one page. allow adds a pattern of messages that the
// test itself brings about, such as those of a cut network.
export async function watch(page, origin) {
  const faults = [], headings = [];
  let allowed = [asked];
  await page.addInitScript(observe);
  page.on('console', message => {
    const text = message.text();
    if (message.type() === 'debug' && text.startsWith('heading: ')) headings.push(text.slice(9));
    if (!['error', 'warning'].includes(message.type())) return;
    if (!allowed.some(pattern => pattern.test(text))) faults.push(`console ${message.type()}: ${text}`);
  });
  page.on('pageerror', error => {
    if (!dropped.test(error.message)) faults.push(`script error: ${error.message}`);
  });
  page.on('request', request => {
    const url = new URL(request.url());
    if (url.protocol !== 'data:' && url.origin !== origin) faults.push(`a request to ${url.origin}`);
  });
  return {
    headings,
    allow: pattern => { allowed = [...allowed, pattern]; },
    quiet: () => assert.deepEqual(faults, [], `on ${page.url()}`),
  };
}

// observe runs in the page, before its own script.
function observe() {
  addEventListener('securitypolicyviolation', e => console.error(`content refused: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`));
  if (window.trustedTypes && trustedTypes.defaultPolicy) console.error('there is a default policy, which lets all markup in');
  new PerformanceObserver(list => {
    for (const e of list.getEntries()) {
      const ours = (window.changes ?? []).some(([from, to]) => e.startTime >= from && e.startTime <= to);
      if (!e.hadRecentInput && !ours) console.error(`layout shift ${e.value} of ${e.sources.map(s => s.node?.nodeName ?? '?')}`);
    }
  }).observe({ type: 'layout-shift', buffered: true });
  let last = '';
  const tell = () => {
    const text = document.querySelector('h1')?.textContent.trim() ?? '';
    if (text && text !== last) console.debug(`heading: ${text}`);
    last = text;
  };
  new MutationObserver(tell).observe(document, { childList: true, subtree: true, characterData: true });
}
