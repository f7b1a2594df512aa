import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { stacks } from '../../src/stacks/stacks.ts';
import { createClient, newPassword } from './accounts/client.ts';
import { type Visit, visit } from './browser.ts';
import { expectGreenIn, testsIn } from './checks.ts';
import { makeAdmin, twoStacks } from './differ/stacks.ts';
import { startApp } from './oidc/app.ts';
import { freePort } from './oidc/listen.ts';
import { client as registered, startBroken, startProvider } from './oidc/provider.ts';
import { createDatabase } from './postgres.ts';
import { builtTool, createProject, ownFolder } from './projects.ts';
import { redisUrl } from './redis.ts';
import { type Env, mustRun } from './run.ts';
import { type Server, startServer } from './servers.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const answers = z.array(z.unknown());
const user = z.looseObject({ id: z.uuid() });
const withUser = z.tuple([z.looseObject({ data: z.object({ user, accessToken: z.string() }) })]);

const root = { email: 'root@example.com', password: newPassword() };
const withOidc = twoStacks.filter(({ stack }) => stacks[stack].rules.accounts.includes('oidc'));

const checks = {
  express: async (project: string, env: Env) => {
    await expectGreenIn(project, 'src/auth');
    await mustRun(`npx vitest run ${testsIn('src/auth')}`, project, env);
  },
  fastapi: async (project: string, env: Env) => {
    await mustRun('.venv/bin/pytest -q tests/oidc', project);
    await mustRun('.venv/bin/pytest -q tests/oidc', project, env);
  },
};

describe.each(withOidc)('users of a project on $stack', (each) => {
  const { stack, build, migrate, start } = each;
  const stops: (() => Promise<void>)[] = [];
  let project: string;
  let tool: string;
  let env: Env;
  let server: Server;
  let app: Awaited<ReturnType<typeof startApp>>;
  let provider: Awaited<ReturnType<typeof startProvider>>;
  let seen: Visit;

  beforeAll(async () => {
    tool = await builtTool();
    const folder = await ownFolder(`oidc-${stack}`);
    const parts = stacks[stack].rules.accounts.filter((part) => part !== 'browser').join();
    project = await createProject(folder, `--accounts ${parts}`, stack);
    await mustRun(`node ${tool}/bin/gen.js field add users nick:string:max=40`, project);
    if (build) await mustRun(build, project);

    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    app = await startApp(`${url}/api`);
    provider = await startProvider(`${url}/api/auth/oidc/real/callback`);
    const slow = await startBroken(undefined);
    const garbage = await startBroken('<html>');
    stops.push(app.stop, slow.stop, garbage.stop);
    const database = await createDatabase();
    stops.unshift(database.drop);
    env = {
      DATABASE_URL: database.url,
      PORT: String(port),
      PUBLIC_URL: url,
      APP_URL: app.url,
      CORS_ORIGINS: app.url,
      AUTH_RATE_LIMIT: '1000000/minute',
      OIDC_PROVIDERS: 'real,away,slow,garbage',
      OIDC_REAL_ISSUER: provider.issuer,
      OIDC_REAL_CLIENT_ID: registered.id,
      OIDC_REAL_CLIENT_SECRET: registered.secret,
      OIDC_AWAY_ISSUER: `http://127.0.0.1:${await freePort()}`,
      OIDC_AWAY_CLIENT_ID: registered.id,
      OIDC_SLOW_ISSUER: slow.issuer,
      OIDC_SLOW_CLIENT_ID: registered.id,
      OIDC_GARBAGE_ISSUER: garbage.issuer,
      OIDC_GARBAGE_CLIENT_ID: registered.id,
    };
    await mustRun(migrate, project, { DATABASE_URL: database.url });
    await makeAdmin(each, project, root, database.url, { nick: 'Root' });
    server = await startServer(project, env, start);
    seen = await visit(app.url);
  });
  afterAll(async () => {
    await seen?.close();
    await server?.stop();
    await provider?.stop();
    for (const stop of stops) await stop();
  });

  /** What the page shows where a sign-in or a link ends. */
  async function told({ page }: Visit) {
    const text = await page.locator('#told').textContent();
    return answers.parse(JSON.parse(text ?? ''));
  }

  /** Types a name at the provider, and agrees. */
  async function signInThere({ page }: Visit, name: string): Promise<void> {
    await page.locator('input[name=login]').fill(name);
    await page.locator('input[name=password]').fill('any');
    await page.locator('button[type=submit]').click();
    await page.locator('button[type=submit]', { hasText: 'Continue' }).click();
  }

  async function go(visited: Visit, call: string): Promise<void> {
    await visited.page.goto(app.url);
    await visited.page.evaluate(call);
  }

  it('sign in at a real provider, and fill in what is missing', async () => {
    await go(seen, "signIn('real')");
    await signInThere(seen, 'ada');
    expect(await told(seen)).toMatchObject([
      { status: 422, error: { details: [{ field: 'nick' }] } },
      { status: 201, data: { user: { email: 'ada@example.com', nick: 'Nick' } } },
    ]);
    const cookies = await seen.page.context().cookies(server.url);
    expect(cookies.map(({ name }) => name)).not.toContain('__Secure-oidc');
  });

  it('sign in again without being asked, as the same user', async () => {
    const client = createClient(server.url);
    await go(seen, "signIn('real')");
    const [{ data }] = withUser.parse(await told(seen));
    const { accessToken, user } = data;
    const me = await client.send('GET', '/me', { token: accessToken });
    expect(me.data).toMatchObject({ id: user.id, email: 'ada@example.com' });
    const identities = await client.send('GET', '/me/identities', { token: accessToken });
    expect(identities.data).toMatchObject([{ provider: 'real', email: 'ada@example.com' }]);
  });

  it('use a code once, and the address of the callback only in their own browser', async () => {
    await seen.page.reload();
    const again = await told(seen);
    expect(again).toMatchObject([{ status: 422 }, { status: 422 }]);
    const callback = seen.asked.findLast((url) => url.includes('/callback?'));
    const other = await visit(callback ?? '');
    expect(await told(other)).toEqual(['expired']);
    await other.close();
  });

  it('cancel, and are told so', async () => {
    const other = await visit(app.url);
    await go(other, "signIn('real')");
    await other.page.locator('a', { hasText: 'Cancel' }).click();
    expect(await told(other)).toEqual(['access_denied']);
    await other.close();
  });

  it('cannot come with an address that the provider has not verified', async () => {
    const other = await visit(app.url);
    await go(other, "signIn('real')");
    await signInThere(other, 'unsure-eve');
    expect(await told(other)).toEqual(['email_unverified']);
    await other.close();
  });

  it('link an identity to an account with a password, and then sign in with it', async () => {
    const other = await visit(app.url);
    await go(other, `link('real', ${JSON.stringify(root)})`);
    await signInThere(other, 'unsure-root');
    expect(await told(other)).toMatchObject([{ status: 201, data: { provider: 'real' } }]);
    await go(other, "signIn('real')");
    expect(await told(other)).toMatchObject([
      { status: 200, data: { user: { email: root.email } } },
    ]);
    await other.close();
  });

  it.each(['away', 'slow', 'garbage'])('are told that a provider is %s', async (name) => {
    const begun = Date.now();
    await go(seen, `signIn('${name}')`);
    expect(await told(seen)).toEqual(['provider_unavailable']);
    expect(Date.now() - begun).toBeLessThan(10_000);
  });

  it('leave no code, state or address in the log', () => {
    const output = server.output();
    for (const asked of seen.asked) {
      const { searchParams, hash } = new URL(asked);
      for (const name of ['code', 'state', 'nonce', 'code_challenge']) {
        expect(output).not.toContain(searchParams.get(name) ?? 'not there');
      }
      expect(output).not.toContain(hash.slice(6) || 'not there');
    }
    expect(output).not.toContain('@example.com');
    expect(output).toContain('"security":"oidc_refused"');
  });

  it('have what backend.json promises, as gen check finds', async () => {
    const { accessToken } = await createClient(server.url).logIn(root);
    const command = `node ${tool}/bin/gen.js check ${server.url} --token ${accessToken}`;
    expect(await mustRun(command, project)).toMatch(/0 broken/);
  });

  it('pass the tests of the project, also on PostgreSQL with Redis', async () => {
    const own = await createDatabase();
    const env = { DATABASE_URL: own.url, REDIS_URL: await redisUrl() };
    await checks[stack](project, env);
    await own.drop();
  });
});
