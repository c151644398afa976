// Puts the check into the page where this script stands: a frame, or with data-button a
// link that opens it in a new tab. data-title, data-lang and the text of data-button are
// optional.
(() => {
  const script = document.currentScript, set = script.dataset, base = script.src.replace(/\/embed\.js.*$/, '');
  const may = SITES.includes(location.origin);
  if (!may) console.warn('The check is not framed here: add ' + location.origin + ' under embed in site.yaml.');
  if (!may || 'button' in set) {
    const link = document.createElement('a');
    Object.assign(link, { href: base + '/', target: '_blank', rel: 'noopener', className: 'gutskin-button', textContent: set.button || BUTTON });
    return script.after(link);
  }
  const frame = document.createElement('iframe');
  frame.src = base + '/embed' + (set.lang ? '?lang=' + encodeURIComponent(set.lang) : '');
  frame.title = set.title || TITLE;
  frame.style.cssText = 'display:block;width:100%;height:40rem;border:0';
  addEventListener('message', e => {
    const said = e.data || 0;
    if (e.source != frame.contentWindow || e.origin != new URL(base).origin || !(said.gutskin > 0)) return;
    frame.style.height = Math.min(said.gutskin, 20000) + 'px';
    if (said.fresh && frame.getBoundingClientRect().top < 0) frame.scrollIntoView();
  });
  script.after(frame);
})();
