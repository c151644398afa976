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
// a folder of content; the built-in one when left out. base is the path that everything
// stands under. args are more of its flags. prepare fills the database file before the
// start.
export async function startServer({ limit = 0, content, base, args = [], prepare = () => {} } = {}) {
  if (!existsSync(binary)) throw new Error(`${binary} is missing: run make build first`);
  const folder = mkdtempSync(join(tmpdir(), 'gutskin-e2e-'));
  const db = join(folder, 'e2e.db');
  prepare(db);
  if (content) args = [...args, '--content', content];
  if (base) args = [...args, '--base-url', `http://check.example${base}`];
  const child = spawn(binary, ['serve', '--listen', '127.0.0.1:0', '--db', db, '--limit', String(limit), ...args], {
    cwd: folder, env: { PATH: process.env.PATH }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = ender(child, folder);
  let log = '';
  child.stderr.on('data', text => { log += text; });
  const url = await readyLine(child);
  if (!url) {
    await stop();
    throw new Error(`the server did not say that it is ready\n${log}`);
  }
  return { url, stop, log: () => log };
}

// ender ends a child when this process ends, and returns how to end it before that. Its
// folder goes with it.
export function ender(child, folder) {
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  return async () => {
    process.off('exit', kill);
    if (child.exitCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
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
