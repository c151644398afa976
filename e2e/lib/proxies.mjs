// nginx and Caddy as an owner puts them in front of the check, with the configurations of
// deploy/. Only names, ports and folders are other ones.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ender } from './server.mjs';

const patience = 15_000; // ms until a proxy takes connections

const shipped = name => readFileSync(fileURLToPath(new URL(`../../deploy/${name}`, import.meta.url)), 'utf8');

// swap replaces every one of some texts. One that is not there would leave the proxy on a
// port or in a folder of this machine.
function swap(text, swaps) {
  for (const [from, to] of swaps) {
    if (!text.includes(from)) throw new Error(`the configuration no longer says ${from}`);
    text = text.replaceAll(from, to);
  }
  return text;
}

// Each kind writes its files into a folder and returns how to start it.
export const proxies = {
  nginx(folder, { tls, plain, to }) {
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=localhost',
      '-addext', 'subjectAltName=DNS:localhost', '-keyout', join(folder, 'privkey.pem'), '-out', join(folder, 'fullchain.pem')], { stdio: 'ignore' });
    writeFileSync(join(folder, 'site.conf'), swap(shipped('nginx.conf'), [
      ['    listen [::]:80;\n', ''], ['    listen [::]:443 ssl http2;\n', ''],
      ['listen 80;', `listen 127.0.0.1:${plain};`], ['listen 443 ssl', `listen 127.0.0.1:${tls} ssl`],
      ['/etc/letsencrypt/live/check.example.org', folder], ['check.example.org', 'localhost'],
      ['/var/log/nginx', folder], ['127.0.0.1:8080', to],
    ]));
    // Around it, what Debian's own nginx.conf says: its logs hold addresses.
    const spool = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(of => `${of}_temp_path ${join(folder, of)};`).join(' ');
    writeFileSync(join(folder, 'nginx.conf'), `${process.getuid() === 0 ? 'user root;' : ''}
      daemon off; worker_processes 1; pid ${join(folder, 'pid')}; error_log ${join(folder, 'error.log')};
      events {}
      http { access_log ${join(folder, 'access.log')}; ${spool} gzip on; include ${join(folder, 'site.conf')}; }`);
    return ['nginx', ['-e', join(folder, 'error.log'), '-c', join(folder, 'nginx.conf')]];
  },
  caddy(folder, { tls, plain, to }) {
    // For localhost Caddy signs the certificate itself.
    const here = ['admin off', 'default_bind 127.0.0.1', 'skip_install_trust', `storage file_system ${folder}`,
      `http_port ${plain}`, `https_port ${tls}`].map(line => `\t${line}\n`).join('');
    writeFileSync(join(folder, 'Caddyfile'), swap(shipped('Caddyfile'), [
      ['\tlog default {', `${here}\tlog default {`],
      ['check.example.org {', 'localhost {'], ['/var/log/caddy', folder], ['127.0.0.1:8080', to],
    ]));
    return ['caddy', ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')]];
  },
};

// installed reports whether a proxy is on this machine.
export const installed = kind => !spawnSync(kind, [kind === 'nginx' ? '-v' : 'version']).error;

// startProxy puts a proxy in front of the check, which listens on to, as in
// 127.0.0.1:8080. It resolves when it takes connections on the ports given; logs()
// is everything it has written, to files and to the terminal.
export async function startProxy(kind, ports) {
  const folder = mkdtempSync(join(tmpdir(), `gutskin-${kind}-`));
  const [command, args] = proxies[kind](folder, ports);
  const child = spawn(command, args, { cwd: folder, env: { PATH: process.env.PATH, HOME: folder }, stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = ender(child, folder);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', text => { said += text; });
  const written = () => readdirSync(folder).filter(name => name.endsWith('.log')).map(name => readFileSync(join(folder, name), 'utf8')).join('');
  for (const end = Date.now() + patience; !await takes(ports.tls);) {
    if (child.exitCode === null && Date.now() < end) continue;
    const all = said + written();
    await stop();
    throw new Error(`${kind} did not start\n${all}`);
  }
  return { stop, requests: () => readFileSync(join(folder, 'gutskin.log'), 'utf8'), logs: () => said + written() };
}

// takes reports whether a port takes connections.
function takes(port) {
  return new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1' });
    const done = yes => { socket.destroy(); setTimeout(resolve, yes ? 0 : 50, yes); };
    socket.once('connect', () => done(true)).once('error', () => done(false));
  });
}

// freePort is a port that nobody uses now.
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
