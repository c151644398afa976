// Every screen at four widths, light and dark, for the eye: e2e/shots/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { modes } from './lib/browser.mjs';
import { journey } from './lib/journeys.mjs';
import { click } from './lib/pointer.mjs';
import { withSite } from './lib/site.mjs';
import { begin, look, step, submit, until, walk } from './lib/walk.mjs';

const folder = new URL('shots/', import.meta.url);
const widths = [320, 390, 768, 1280];
mkdirSync(folder, { recursive: true });

async function shoot(page, name) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      const image = await page.screenshot({ fullPage: true });
      writeFileSync(new URL(`${name}-${width}-${colorScheme}.png`, folder), image);
    }
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(modes.desktop.viewport);
}

async function person(visit, name, stops) {
  const page = await visit();
  await begin(page);
  for (const [to, shot, missed] of stops) {
    await walk(page, journey(name), { to, started: true });
    await shoot(page, shot);
    if (missed) {
      await step(page, () => click(page, submit));
      await shoot(page, `${shot}-problem`);
      await page.goto(to);
    }
  }
  return page;
}

await withSite(async ({ browser, url }) => {
  const visit = async () => (await browser.newContext({ baseURL: url, ...modes.desktop })).newPage();
  const page = await visit();
  for (const path of ['/', '/how-scoring-works', '/evidence', '/article', '/advice/plants_plus3', '/privacy', '/accessibility', '/help', '/mine', '/nowhere', '/quiz/consent']) {
    await page.goto(path);
    await shoot(page, path === '/' ? 'start' : path.slice(1).replaceAll('/', '-'));
  }
  await click(page, submit);
  await until(page, now => now.problem, 'the problem');
  await shoot(page, 'quiz-consent-problem');

  const ordinary = await person(visit, 'ordinary', [
    ['/quiz/age', 'radios', true], ['/quiz/conditions', 'checkboxes', true], ['/quiz/plants', 'new-section'],
    ['/quiz/sleep-hours', 'number', true], ['/quiz/answers', 'answers'], ['/r/', 'results'],
  ]);
  const { path } = await look(ordinary);
  await ordinary.evaluate(() => { for (const d of document.querySelectorAll('details')) d.open = true; });
  await shoot(ordinary, 'results-open');
  await ordinary.pdf({ path: new URL('results.pdf', folder).pathname, format: 'A4' });
  await ordinary.goto('/mine');
  await shoot(ordinary, 'mine-saved');
  await ordinary.goto(`${path}/delete`);
  await shoot(ordinary, 'delete');
  await click(ordinary, '.btn.warn');
  await until(ordinary, now => /deleted/.test(now.h1), 'the end');
  await shoot(ordinary, 'deleted');
  await ordinary.goto(path);
  await shoot(ordinary, 'gone');

  const hard = await person(visit, 'hard', [['/r/', 'results-hard']]);
  await hard.pdf({ path: new URL('results-hard.pdf', folder).pathname, format: 'A4' });
  await person(visit, 'emergency', [['/quiz/get-help', 'get-help']]);
  await person(visit, 'crisis', [['/quiz/get-help', 'get-help-crisis'], ['/r/', 'results-crisis']]);
  await person(visit, 'under_18', [['/quiz/under-18', 'under-18']]);
  await person(visit, 'food_worry', [['/quiz/plants', 'skip-section'], ['/r/', 'results-food-worry']]);
  await person(visit, 'skips', [['/r/', 'results-skips']]);
  const back = await person(visit, 'ordinary', [['/quiz/unwind', 'question']]);
  await back.goto('/quiz');
  await shoot(back, 'welcome-back');
  console.log(`written to ${folder.pathname}`);
});
