import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Visit, visit } from '../browser.ts';

/** The client as a page loads it. */
async function bundled(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'client',
    platform: 'browser',
    target: 'es2022',
  });
  return outputFiles[0]?.text ?? '';
}

/** Pages with the client of a file, on an origin of their own. */
export async function openPages(file = fileURLToPath(new URL('./api.ts', import.meta.url))) {
  const script = await bundled(file);
  const server = createServer((_req, res) => {
    res.setHeader('Content-Type', 'text/html; charset=utf-8');
    res.end(`<!doctype html><link rel="icon" href="data:,"><script>${script}</script>`);
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the pages have no port');
  return { origin: `http://localhost:${address.port}`, close: () => server.close() };
}

type Where = { page: string; url: string; email: string; password: string };

/** What a page does with the client, whose API is on another origin. */
export function clientInBrowser(where: () => Where): void {
  let visited: Visit;

  beforeAll(async () => {
    visited = await visit(where().page);
  });
  afterAll(() => visited?.close());

  it('signs in, writes, reads page by page, and learns versions, limits and errors', async () => {
    const { url: baseUrl, email, password } = where();
    const values = JSON.stringify({ baseUrl, email, password });
    const told = await visited.page.evaluate(`(async ({ baseUrl, email, password }) => {
      const api = client.createClient({ baseUrl, retries: 5 });
      const user = await api.auth.register({ email, password });
      for (const title of ['1', '2', '3']) await api.posts.create({ title: email + title });
      const titles = [];
      for await (const post of api.posts.listOfUser(user.id, { limit: 2 })) titles.push(post.title);
      const read = await api.posts.create({ title: email });
      await api.posts.update(read, { views: 1 });
      const code = (promise) => promise.then(() => 'done', (error) => error.code);
      const notes = ['1', '2', '3', '4', '5', '6', '7'];
      const probes = await Promise.all(notes.map((note) => api.probes.create({ note })));
      const impatient = client.createClient({ baseUrl, retries: 0 });
      const limited = await Promise.allSettled(notes.map((note) => impatient.probes.create({ note })));
      const [refused] = limited.filter(({ status }) => status === 'rejected');
      const { requestId } = await api.posts.get('x').catch((error) => error);
      return {
        titles,
        version: read[client.version],
        conflict: await code(api.posts.update(read, { views: 2 })),
        removed: await code(api.posts.delete(read)),
        invalid: await code(api.posts.create({})),
        probes: probes.length,
        retryAfter: refused?.reason.retryAfter,
        requestId,
        noServer: await code(client.createClient({ baseUrl: 'http://localhost:1', retries: 0 }).me.get()),
        aborted: await api.me.get({ signal: AbortSignal.abort('gone') }).catch((reason) => reason),
        out: await code(api.auth.logOut().then(() => api.me.get())),
      };
    })(${values})`);
    expect(told).toEqual({
      titles: expect.objectContaining({ length: 3 }),
      version: expect.stringMatching(/^"[\w-]+"$/),
      conflict: 'PRECONDITION_FAILED',
      removed: 'PRECONDITION_FAILED',
      invalid: 'VALIDATION_ERROR',
      probes: 7,
      retryAfter: 1,
      requestId: expect.stringMatching(/./),
      noServer: 'NO_ANSWER',
      aborted: 'gone',
      out: 'UNAUTHENTICATED',
    });
    expect(visited.complaints.filter((each) => /CORS|Content Security/i.test(each))).toEqual([]);
  });
}
