// For the measuring scripts, which are no tests: a server and a browser that end with
// the work given.
import { launch } from './browser.mjs';
import { startServer } from './server.mjs';

export async function withSite(work, args) {
  const server = await startServer();
  const browser = await launch(args);
  try {
    await work({ url: server.url, browser });
  } finally {
    await browser.close();
    await server.stop();
  }
}
