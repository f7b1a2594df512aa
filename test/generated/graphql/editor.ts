import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Account, createClient } from '../accounts/client.ts';
import { type Visit, visit } from '../browser.ts';
import { openPrefixProxy } from '../prefix-proxy.ts';
import type { Env } from '../run.ts';
import { type Server, startServer } from '../servers.ts';
import { express, type Runs } from './project.ts';

/** What a person does on `/graphiql`, in a browser, behind a proxy that serves it below a path. */
export function editedInBrowser(project: () => string, env: () => Env, runs: Runs = express): void {
  let server: Server | undefined;
  let proxy: Awaited<ReturnType<typeof openPrefixProxy>> | undefined;
  let visited: Visit | undefined;
  let account: Account;

  const there = (): Visit => {
    if (!visited) throw new Error('there is no page');
    return visited;
  };

  beforeAll(async () => {
    server = await startServer(project(), { ...env(), ...runs.development }, runs.server);
    proxy = await openPrefixProxy(server.url, '/shop');
    account = await createClient(server.url).register();
    visited = await visit(`${proxy.url}/graphiql`);
  });
  afterAll(async () => {
    await visited?.close();
    proxy?.close();
    await server?.stop();
  });

  it('tells who calls once there is a token among the headers', async () => {
    const { page } = there();
    await write(page, 'query', '{ me { id email } }');
    expect(await execute(page)).toContain('UNAUTHENTICATED');
    const { accessToken, email } = account;
    await write(page, 'headers', JSON.stringify({ Authorization: `Bearer ${accessToken}` }));
    const shown = await execute(page);
    expect(JSON.parse(shown)).toEqual({ data: { me: { id: account.user.id, email } } });
  });

  it('shows the documentation of the schema', async () => {
    const { page } = there();
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    const explorer = page.locator('.graphiql-doc-explorer');
    await explorer.getByText('Query', { exact: true }).last().click();
    await explorer.getByRole('link', { name: 'posts', exact: true }).click();
    expect(await explorer.textContent()).toContain('1 to 100, and 20 if there is no size.');
  });

  it('asked nobody but the server, and neither the console nor the policy had to complain', () => {
    const { asked, complaints } = there();
    const home = `${proxy?.url}/`;
    const elsewhere = asked.filter((url) => !url.startsWith(home) && !url.startsWith('data:'));
    expect(elsewhere).toEqual([]);
    expect(complaints).toEqual([]);
  });
}

type Editor = 'query' | 'headers';

/** The editors complete brackets while somebody types, so that the text is set as a whole. */
async function write(page: Page, editor: Editor, text: string): Promise<void> {
  const place =
    editor === 'query'
      ? '.graphiql-query-editor .CodeMirror'
      : '.graphiql-editor-tool .CodeMirror >> visible=true';
  await page.locator(place).evaluate((element, value) => {
    const holder = element as unknown as { CodeMirror: { setValue(value: string): void } };
    holder.CodeMirror.setValue(value);
  }, text);
}

/** Runs the query, and reads what the page shows. */
async function execute(page: Page): Promise<string> {
  const answered = page.waitForResponse((response) => response.url().endsWith('/graphql'));
  await page.locator('.graphiql-execute-button').click();
  await answered;
  await page.locator('.result-window .CodeMirror').waitFor();
  await page.locator('.graphiql-spinner').waitFor({ state: 'detached' });
  return page.locator('.result-window .CodeMirror').evaluate((element) => {
    const holder = element as unknown as { CodeMirror: { getValue(): string } };
    return holder.CodeMirror.getValue();
  });
}
