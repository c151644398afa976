// Everything works without this file. It shows the next question at once and sends
// the answer in the background, stops a form from being sent twice, leads from the
// error summary to the field, works out tried answers in place, saves ticks, copies the
// link, and opens details for print where the style sheet cannot.
(() => {
  const d = document, sent = new WeakMap(), $ = s => d.querySelector(s);
  const on = (name, f) => addEventListener(name, f);

  // Markup comes from our own server only: the steps, what-if and ticks.
  const tt = window.trustedTypes, policy = tt && tt.createPolicy('gutskin', { createHTML: s => s });
  const html = s => policy ? policy.createHTML(s) : s;
  const page = async r => new DOMParser().parseFromString(html(await r.text()), 'text/html');

  // Steps. The page carries the pages that can follow, and the server has said which
  // answer leads where. What it has not said goes the ordinary way, by a form.
  const data = $('#ahead');
  let here = data && JSON.parse(data.textContent);
  let steps = here && here.steps, at = location.pathname, shown = 0;
  let queue = [], flying = 0, failed = 0, then;
  const help = -2;

  const single = (from, value) => (from.turn || {})[value] ?? from.next;

  const way = (from, form) => {
    const n = (form.get('n') || '').trim(), picked = form.getAll('a'), turn = from.turn || {};
    if (n) {
      const b = from.number, ok = b && !picked.length && /^\d{1,4}([.]\d{1,2})?$/.test(n) && n >= b.min && n <= b.max && !(b.whole && n % 1);
      return ok ? from.next : -1;
    }
    const turns = picked.filter(v => v in turn), to = turns.length ? turn[turns[0]] : from.next;
    const mixed = turns.some(v => turn[v] != to) || turns.length && turns.length < picked.length && !from.free;
    return picked.length && !mixed ? to : -1;
  };

  const show = step => {
    const attempt = $('[name=attempt]').value;
    history.pushState(0, '', at = step.at);
    d.title = step.title;
    $('main').innerHTML = html(step.main);
    $('[name=attempt]').value = attempt;
    $('.back').href = step.back;
    for (const a of d.querySelectorAll('[hreflang]')) a.pathname = at;
    here = step;
    shown = performance.now();
    dispatchEvent(new Event('shown'));
    scrollTo(0, 0);
    const h = $('h1');
    h.tabIndex = -1;
    h.focus({ preventScroll: true });
  };

  // Runs f once nothing is left to send. A press that has to wait says so.
  const settled = f => {
    if (!queue.length) return f();
    then = f;
    setTimeout(() => { if (then && !failed) say($('.ask').dataset.saving, 1); }, 800);
    send();
  };

  const line = Object.assign(d.createElement('p'), { className: 'saving wrap', role: 'status' });
  const say = (text, calm) => {
    line.textContent = text;
    line.classList.toggle('calm', !!calm);
  };

  // Sends a step as the form it is: whatever is wrong gets the page it has without
  // this file.
  const resend = step => {
    const form = Object.assign(d.createElement('form'), { method: 'post', action: step.at });
    for (const [name, value] of step.form) form.append(Object.assign(d.createElement('input'), { type: 'hidden', name, value }));
    d.body.append(form);
    queue = [];
    form.submit();
  };

  async function send() {
    if (flying || !queue.length) return;
    const batch = queue.slice(), last = batch[batch.length - 1];
    const flight = flying = new AbortController();
    let wait = 3000;
    setTimeout(() => flight.abort(), 20000);
    try {
      const r = await fetch('steps' + (self == top ? '' : '?framed'), { // beside the question, wherever the check stands
        method: 'POST', keepalive: true, redirect: 'manual', signal: flight.signal, headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ attempt: last.form.get('attempt'), steps: batch.map(s => ({ at: s.at, form: new URLSearchParams(s.form) + '' })) }),
      });
      if (r.status == 429 || r.status > 499) {
        wait = 1000 * (r.headers.get('Retry-After') || 3);
        throw r;
      }
      failed = 0;
      say('');
      if (!r.ok) return resend(batch[0]);
      const kept = await r.json();
      queue.splice(0, batch.length);
      if (kept.to != last.to) { // the server knows better: other answers came from another tab
        queue = [];
        return location.assign(kept.to);
      }
      flying = 0;
      // The visitor may be further on than what was sent.
      let from = kept.ahead, list = from && from.steps;
      for (const s of queue) from = from && list[way(from, s.form)];
      if (from && (from.at || last.to) == at) here = from, steps = list;
      if (queue.length) send();
      else if (then) {
        const f = then;
        then = 0;
        f();
      }
    } catch {
      flying = 0;
      failed = 1;
      say($('.ask').dataset.unsaved);
      setTimeout(send, wait);
    }
  }

  on('submit', e => {
    const form = e.target, asks = here && form.action.endsWith(at);
    const last = sent.get(form);
    // The second press of a double click falls on the next page.
    const button = e.submitter, named = button && button.name;
    if (last && e.timeStamp - last < 1000 || asks && e.timeStamp - shown < 400 && shown && !named && !form.dataset.touched) return e.preventDefault();
    sent.set(form, e.timeStamp);
    if (!asks) return;
    const fields = new FormData(form);
    const several = fields.getAll('a').length > 1 && form.querySelector('[data-alone]:checked');
    const next = named || several ? 0 : steps[way(here, fields)];
    if (next) {
      e.preventDefault();
      queue.push({ at, form: fields, to: next.at });
      show(next);
      send();
    } else if (queue.length) {
      const urgent = fields.getAll('a').some(v => single(here, v) == help);
      const drop = () => {
        if (flying) flying.abort();
        queue = [];
        then = 0;
      };
      // What was not sent by now is asked again: help comes first.
      if (urgent && failed) return drop();
      e.preventDefault();
      let gone;
      const submit = () => {
        if (gone) return;
        gone = 1;
        drop();
        sent.delete(form);
        form.requestSubmit(button);
      };
      settled(submit);
      if (urgent) setTimeout(submit, 2000);
    }
  });
  if (here) {
    $('main').before(line);
    on('input', e => e.target.form.dataset.touched = 1);
    on('click', e => {
      const a = e.target.closest('a[href]');
      if (a && a.pathname.endsWith('/help')) failed = queue.length = 0; // nothing holds anybody back from help
      if (!a || !queue.length || e.defaultPrevented || a.target || e.button || e.metaKey || e.ctrlKey || a.hash && a.pathname == location.pathname) return;
      e.preventDefault();
      settled(() => location.assign(a.href));
    });
    on('online', send);
    on('beforeunload', e => { if (failed && queue.length) e.preventDefault(); });
  }
  // Pages that this script put in place are not there any more after a reload.
  on('popstate', () => { if (location.pathname != at) settled(() => location.reload()); });
  on('pageshow', e => { if (e.persisted) for (const f of d.forms) sent.delete(f); });

  const problem = $('#problem');
  if (problem) {
    problem.focus();
    problem.addEventListener('click', e => {
      const link = e.target.closest('a');
      const field = link && d.getElementById(link.hash.slice(1));
      if (!field) return;
      e.preventDefault();
      const set = field.closest('fieldset');
      (set ? set.querySelector('legend') : $('[for=' + field.id + ']') || field).scrollIntoView();
      field.focus({ preventScroll: true });
    });
  }

  const live = $('[data-live]');
  if (live) live.addEventListener('submit', e => {
    e.preventDefault();
    fetch(live.action, { method: 'POST', body: new URLSearchParams(new FormData(live)) }).then(async r => {
      if (!r.ok) throw r;
      const now = await page(r);
      for (const part of live.querySelectorAll('[role=status]')) {
        const next = now.getElementById(part.id);
        if (next.innerHTML != part.innerHTML) part.replaceChildren(...next.childNodes);
      }
    }).catch(() => live.submit());
  });
  // Each tick is sent with all the others, one sending after the other.
  const ticks = $('[data-ticks]');
  if (ticks) {
    const said = $('.saving');
    let busy, more;
    const save = async () => {
      if (more = busy) return;
      busy = 1;
      try {
        const form = new FormData(ticks), r = await fetch(ticks.action, { method: 'POST', keepalive: true, body: new URLSearchParams(form) });
        if (!r.ok) throw r;
        ticks.elements.had.value = form.getAll('t');
        $('#progress').textContent = (await page(r)).getElementById('progress').textContent;
        said.textContent = '';
      } catch {
        said.textContent = said.dataset.unsaved;
      }
      busy = 0;
      if (more) save();
    };
    ticks.addEventListener('change', save);
  }
  const zone = $('[data-zone]');
  if (zone) zone.value = -new Date().getTimezoneOffset();

  for (const b of d.querySelectorAll('[data-print]')) {
    b.addEventListener('click', () => print());
  }

  for (const b of d.querySelectorAll('[data-copy]')) {
    b.addEventListener('click', () => {
      const field = d.getElementById(b.dataset.copy);
      const copied = navigator.clipboard ? navigator.clipboard.writeText(field.value) : Promise.reject();
      copied.then(() => { b.nextElementSibling.textContent = b.dataset.done; }, () => field.select());
    });
  }

  if (!CSS.supports('selector(::details-content)')) {
    on('beforeprint', () => { for (const x of d.querySelectorAll('details')) x.open = true; });
  }
})();
