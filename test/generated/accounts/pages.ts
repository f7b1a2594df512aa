import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Page } from 'playwright-core';
import * as z from 'zod';

const answer = z.object({ status: z.int(), data: z.record(z.string(), z.unknown()).optional() });

/** Serves an empty page on a port of its own, which is an origin of its own. */
export async function servePage() {
  const server = createServer((_req, res) => {
    res.setHeader('Content-Type', 'text/html').end('<!doctype html><title>page</title>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address instanceof Object ? address.port : 0;
  return {
    /** The same site as a server on `localhost`, whatever their ports. */
    local: `http://localhost:${port}`,
    /** Another site. */
    other: `http://127.0.0.1:${port}`,
    close(): void {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** What a page gets that sends a request with its cookies; undefined if the browser keeps it away. */
export async function fetchIn(page: Page, url: string, data?: object) {
  const init = {
    method: 'POST',
    credentials: 'include',
    ...(data && {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ data }),
    }),
  };
  const read: unknown = await page.evaluate(`fetch('${url}', ${JSON.stringify(init)}).then(
    async (response) => ({ status: response.status, ...(await response.json().catch(() => ({}))) }),
    () => undefined,
  )`);
  return read === undefined ? undefined : answer.parse(read);
}

/** The status of the answer when a page sends a form, as any page may without asking. */
export async function submitIn(page: Page, url: string, enctype: string, fields = true) {
  const field = fields ? '<input name="a" value="b">' : '';
  const form = `<form method="post" action="${url}" enctype="${enctype}">${field}</form>`;
  const [response] = await Promise.all([
    page.waitForResponse(url),
    page.evaluate(`document.body.innerHTML = \`${form}\`, document.forms[0].submit()`),
  ]);
  await page.waitForLoadState();
  return response.status();
}
