import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { type Visit, visit } from '../browser.ts';
import { openPrefixProxy } from '../prefix-proxy.ts';
import type { Env } from '../run.ts';
import { type Server, startServer } from '../servers.ts';
import { createClient, newCredentials } from './client.ts';

const loggedIn = z.object({ data: z.object({ accessToken: z.string().min(1) }) });
const rows = z.object({ data: z.array(z.object({ text: z.string() })) });

type Service = {
  /** What starts the project. */
  command: string;
  open(): Promise<{ env: Env; drop(): Promise<void> }>;
};

const onExpress: Service = {
  command: 'npm start',
  open: async () => ({ env: {}, drop: async () => {} }),
};

/** What a person does on `/docs`, in a browser, behind a proxy that serves all of it below a path. */
export function docsInBrowser(project: () => string, service = onExpress): void {
  const credentials = newCredentials();
  let opened: Awaited<ReturnType<Service['open']>> | undefined;
  let server: Server | undefined;
  let proxy: Awaited<ReturnType<typeof openPrefixProxy>> | undefined;
  let visited: Visit | undefined;
  let page: Visit['page'];
  let complaints: string[];
  let asked: string[];

  beforeAll(async () => {
    // What collections are told is not where this page is.
    const env = { PUBLIC_URL: 'https://shop.example.com', TRUST_PROXY: 'loopback' };
    opened = await service.open();
    server = await startServer(project(), { ...opened.env, ...env }, service.command);
    proxy = await openPrefixProxy(server.url, '/shop');
    await createClient(proxy.url).register(credentials);
    visited = await visit(`${proxy.url}/docs/`);
    ({ page, complaints, asked } = visited);
  });
  afterAll(async () => {
    await visited?.close();
    proxy?.close();
    await server?.stop();
    await opened?.drop();
  });

  it('refuses to list before the page knows a token', async () => {
    const answer = await execute(page.locator('#operations-notes-listNotes'));
    expect(answer).toMatchObject({ status: '401', body: { error: { code: 'UNAUTHENTICATED' } } });
    // A browser writes every refusal to its console: this one was wanted.
    const refusal = /^error: Failed to load resource: .* 401/;
    expect(complaints.splice(0).filter((complaint) => !refusal.test(complaint))).toEqual([]);
  });

  it('logs in, creates a row and lists it', async () => {
    const logIn = await execute(page.locator('#operations-auth-logIn'), credentials);
    expect(logIn.status).toBe('200');
    const { accessToken } = loggedIn.parse(logIn.body).data;

    await page.locator('.auth-wrapper .authorize').click();
    const dialog = page.locator('.modal-ux');
    await dialog.locator('input').fill(accessToken);
    await dialog.locator('button.authorize').click();
    await dialog.locator('.btn-done').click();

    const note = { text: 'Written in a browser' };
    const created = await execute(page.locator('#operations-notes-createNote'), note);
    expect(created).toMatchObject({ status: '201', body: { data: note } });
    const list = await execute(page.locator('#operations-notes-listNotes'));
    expect(list.status).toBe('200');
    expect(rows.parse(list.body).data).toEqual([expect.objectContaining(note)]);
  });

  it('asked nobody but the server, and neither the console nor the policy had to complain', () => {
    const home = `${proxy?.url}/`;
    const elsewhere = asked.filter((url) => !url.startsWith(home) && !url.startsWith('data:'));
    expect(elsewhere).toEqual([]);
    expect(asked).toContain(`${home}openapi.json`);
    expect(page.url()).toBe(`${home}docs`);
    expect(complaints).toEqual([]);
  });

  it('says where a new row is behind the proxy, and in a collection where everybody finds it', async () => {
    const client = createClient(proxy?.url ?? '');
    const { accessToken: token } = await client.logIn(credentials);
    const data = { text: 'Found again' };
    const created = await client.send('POST', '/notes', { token, data });
    const location = created.headers.get('location');
    expect(location).toMatch(/^\/shop\/api\/notes\//);
    const found = await fetch(new URL(location ?? '', proxy?.url), {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(found.status).toBe(200);
    const description: unknown = await (await fetch(`${proxy?.url}/openapi.json`)).json();
    expect(description).toMatchObject({ servers: [{ url: 'https://shop.example.com/api' }] });
  });
}

/** Opens an operation of the page, tries it out with some data, and reads what the page shows. */
async function execute(operation: Locator, data?: object) {
  const answered = operation.locator('.live-responses-table tbody .response-col_status');
  if ((await operation.locator('.execute').count()) === 0) {
    await operation.locator('.opblock-summary-control').click();
    await operation.locator('.try-out__btn').click();
  } else {
    await operation.locator('.btn-clear').click();
    await answered.waitFor({ state: 'detached' });
  }
  if (data) await operation.locator('.body-param__text').fill(JSON.stringify({ data }));
  await operation.locator('.execute').click();
  await answered.waitFor();
  const shown = operation.locator('.live-responses-table tbody .response-col_description');
  const text = (await shown.locator('.highlight-code').first().textContent()) ?? '';
  const body: unknown = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
  return { status: (await answered.textContent())?.trim().split(/\s/)[0], body };
}
