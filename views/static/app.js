// Everything works without this file. It stops a form from being sent twice, leads
// from the error summary to the field, offers to copy the link, and opens details
// for print where the style sheet cannot.
(() => {
  const d = document, sent = new WeakMap();

  d.addEventListener('submit', e => {
    const last = sent.get(e.target);
    if (last && e.timeStamp - last < 1000) e.preventDefault();
    else sent.set(e.target, e.timeStamp);
  });
  addEventListener('pageshow', e => { if (e.persisted) for (const f of d.forms) sent.delete(f); });

  const problem = d.getElementById('problem');
  if (problem) {
    problem.focus();
    problem.addEventListener('click', e => {
      const link = e.target.closest('a');
      const field = link && d.getElementById(link.hash.slice(1));
      if (!field) return;
      e.preventDefault();
      const set = field.closest('fieldset');
      (set ? set.querySelector('legend') : d.querySelector('[for=' + field.id + ']') || field).scrollIntoView();
      field.focus({ preventScroll: true });
    });
  }

  for (const b of d.querySelectorAll('[data-copy]')) {
    if (!navigator.clipboard) break;
    b.hidden = false;
    b.addEventListener('click', () => {
      const field = d.getElementById(b.dataset.copy);
      navigator.clipboard.writeText(field.value).then(
        () => { b.nextElementSibling.textContent = b.dataset.done; },
        () => field.select());
    });
  }

  if (!CSS.supports('selector(::details-content)')) {
    addEventListener('beforeprint', () => { for (const x of d.querySelectorAll('details')) x.open = true; });
  }
})();
