// Another site, that shows the check in its own pages; and the check in such a page, as
// something that can be walked through like a page.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const binary = process.env.GUTSKIN_BIN || fileURLToPath(new URL('../../bin/gutskin', import.meta.url));

// startHost serves pages by their path. The check is served on 127.0.0.1, so that
// localhost is another site. asked holds the headers of all requests.
export async function startHost(pages) {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.headers);
    const body = pages()[request.url];
    response.writeHead(body ? 200 : 204, { 'Content-Type': 'text/html; charset=utf-8' }).end(body);
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  return { url: `http://localhost:${server.address().port}`, asked, stop: () => new Promise(done => { server.close(done); server.closeAllConnections(); }) };
}

// ownContent writes the content into a folder and replaces lines of its site.yaml.
export function ownContent(lines, beside = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'gutskin-content-'));
  const made = spawnSync(binary, ['init', folder], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
  const file = join(folder, 'site.yaml');
  let text = readFileSync(file, 'utf8');
  for (const [old, line] of Object.entries(lines)) {
    if (!text.includes(old)) throw new Error(`${old} does not stand in site.yaml`);
    text = text.replace(old, line);
  }
  writeFileSync(file, text);
  for (const [name, body] of Object.entries(beside)) writeFileSync(join(folder, name), body);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

// inside is the check in a page of another site. A click scrolls the page around, as a
// person does, and waits until what is drawn is where it is said to be.
export function inside(page, site) {
  const frame = () => {
    const found = page.frames().find(f => f.url().startsWith(site));
    if (!found) throw new Error(`no frame of ${site}: ${page.frames().map(f => f.url())}`);
    return found;
  };
  // settle scrolls the page around to a height of the frame and waits until nothing moves.
  const settle = async y => {
    const element = await frame().frameElement();
    const place = () => element.evaluate((e, y) => {
      const top = e.getBoundingClientRect().top + y;
      if (top < 40 || top > innerHeight - 40) scrollBy(0, top - innerHeight / 2);
      const box = e.getBoundingClientRect();
      return { x: box.x, y: box.y, height: box.height };
    }, y);
    let box = await place(), before;
    do {
      before = box;
      await new Promise(resolve => setTimeout(resolve, 60)); // no timer runs in a page without scripts
      box = await place();
    } while (box.y !== before.y || box.height !== before.height);
    return box;
  };
  const click = async (x, y, options) => {
    const box = await settle(y);
    await page.mouse.click(box.x + x, box.y + y, options);
  };
  return {
    frame, settle, mouse: { click }, keyboard: page.keyboard,
    evaluate: (...args) => frame().evaluate(...args), locator: selector => frame().locator(selector), url: () => frame().url(),
  };
}
