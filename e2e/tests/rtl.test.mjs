// The whole quiz in a made-up language that is written from right to left.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { modes, openSite } from '../lib/browser.mjs';
import { checkAxe, checkLayout } from '../lib/check.mjs';
import { journey } from '../lib/journeys.mjs';
import { walk } from '../lib/walk.mjs';

const content = mkdtempSync(join(tmpdir(), 'gutskin-rtl-'));
after(() => rmSync(content, { recursive: true, force: true }));
execFileSync('go', ['run', './e2e/pseudo', content], { cwd: fileURLToPath(new URL('../..', import.meta.url)), stdio: 'inherit' });

const site = await openSite({ content });

for (const [name, mode] of [['a phone', modes.phone], ['320 px, dark', { ...modes.narrow, colorScheme: 'dark' }]]) {
  test(`right to left on ${name}`, async () => {
    const page = await site.visit(mode);
    await page.goto('/?lang=ar-XB');
    const seen = await walk(page, journey('hard'), {
      each: async now => {
        assert.equal(await page.evaluate(() => document.documentElement.dir), 'rtl', now.path);
        await checkLayout(page, `${now.path} from right to left`);
      },
    });
    assert.match(seen.at(-1).path, /^\/r\/[A-Z2-7]{26}$/);
    await checkAxe(page, 'results from right to left');
    // The mark of a score line points to the same share of it, counted from the right.
    const mirrored = await page.evaluate(() => [...document.querySelectorAll('.score .line')].every(line => {
      const [fill, track] = ['.fill', '.track'].map(s => line.querySelector(s).getBoundingClientRect());
      return Math.abs(fill.right - track.right) < 2;
    }));
    assert.ok(mirrored, 'a score line starts on the wrong side');
    page.watched.quiet();
  });
}
