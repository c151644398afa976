// Lighthouse as a phone, on the public pages, a question and results. Results and
// questions are kept out of search engines on purpose, so their SEO is not 100.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { modes } from './lib/browser.mjs';
import { journey } from './lib/journeys.mjs';
import { withSite } from './lib/site.mjs';
import { walk } from './lib/walk.mjs';

const found = createRequire(new URL('lighthouse/', import.meta.url)).resolve('lighthouse');
const { default: lighthouse } = await import(pathToFileURL(found));

const port = 9400 + process.pid % 500;
const categories = ['performance', 'accessibility', 'best-practices', 'seo'];

await withSite(async ({ browser, url }) => {
  const visit = async to => {
    const page = await (await browser.newContext({ baseURL: url, ...modes.phone })).newPage();
    const { path } = (await walk(page, journey('ordinary'), { to })).at(-1);
    const cookies = await page.context().cookies();
    await page.context().close();
    return { path, cookie: cookies.map(c => `${c.name}=${c.value}`).join('; ') };
  };
  const question = await visit('/quiz/plants');
  const results = await visit('/r/');
  const pages = [['start', '/', ''], ['evidence', '/evidence', ''], ['article', '/article', ''], ['advice', '/advice/plants_plus3', ''], ['scoring', '/how-scoring-works', ''], ['help', '/help', ''], ['question', question.path, question.cookie], ['results', results.path, '']];
  for (const [name, path, cookie] of pages) {
    const { lhr } = await lighthouse(url + path, {
      port, onlyCategories: categories, logLevel: 'error', extraHeaders: cookie ? { Cookie: cookie } : {},
    });
    const marks = categories.map(c => `${c} ${Math.round(lhr.categories[c].score * 100)}`);
    const waits = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift']
      .map(a => `${a.split('-').map(w => w[0].toUpperCase()).join('')} ${lhr.audits[a].displayValue}`);
    console.log(`${name.padEnd(9)} ${marks.join(', ')} | ${waits.join(', ')}`);
    for (const c of categories) {
      for (const { id, weight } of lhr.categories[c].auditRefs) {
        const { score, title } = lhr.audits[id];
        if (weight > 0 && score !== null && score < 0.9) console.log(`  ${c}: ${title}`);
      }
    }
  }
}, [`--remote-debugging-port=${port}`]);
