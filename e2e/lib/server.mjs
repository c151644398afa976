// The built binary, started as its users start it: a free port, an empty database,
// a clean environment.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const binary = process.env.GUTSKIN_BIN || fileURLToPath(new URL('../../bin/gutskin', import.meta.url));

const patience = 15_000; // ms until the ready line

// startServer resolves to the address of a running check and a way to stop it.
// limit is how many forms an address may send in a minute; 0 for no limit. content is
// a folder of content; the built-in one when left out. prepare fills the database file
// before the start.
export async function startServer({ limit = 0, content, prepare = () => {} } = {}) {
  if (!existsSync(binary)) throw new Error(`${binary} is missing: run make build first`);
  const folder = mkdtempSync(join(tmpdir(), 'gutskin-e2e-'));
  const db = join(folder, 'e2e.db');
  prepare(db);
  const child = spawn(binary, ['serve', '--listen', '127.0.0.1:0', '--db', db, '--limit', String(limit), ...(content ? ['--content', content] : [])], {
    cwd: folder, env: { PATH: process.env.PATH }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  let log = '';
  child.stderr.on('data', text => { log += text; });

  const stop = async () => {
    process.off('exit', kill);
    if (child.exitCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  const url = await readyLine(child);
  if (!url) {
    await stop();
    throw new Error(`the server did not say that it is ready\n${log}`);
  }
  return { url, stop, log: () => log };
}

async function readyLine(child) {
  const lines = createInterface({ input: child.stdout });
  const timer = setTimeout(() => lines.close(), patience);
  try {
    for await (const line of lines) {
      const found = /ready on (http:\S+)/.exec(line);
      if (found) return found[1];
    }
    return '';
  } finally {
    clearTimeout(timer);
    child.stdout.resume();
  }
}
