import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { newCredentials, newPassword } from './accounts/client.ts';
import { installedProject } from './accounts/project.ts';
import { type Visit, visit } from './browser.ts';
import { openPages } from './client/in-browser.ts';
import { makeAdmin, twoStacks } from './differ/stacks.ts';
import { freePort } from './oidc/listen.ts';
import { client as registered, startProvider } from './oidc/provider.ts';
import { createDatabase } from './postgres.ts';
import { builtTool, ownFolder } from './projects.ts';
import { mustRun } from './run.ts';
import { startServer } from './servers.ts';
import { startSmtp } from './smtp.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 600_000 });

const parts = 'mail,browser,oidc';
const root = { email: 'root@example.com', password: newPassword() };

const toldBy = z.object({ result: z.unknown().optional(), error: z.string().optional() });

describe.each(twoStacks)('the client of accounts with all parts on $stack', (each) => {
  const stops: (() => unknown)[] = [];
  let pages: Awaited<ReturnType<typeof openPages>>;
  let smtp: Awaited<ReturnType<typeof startSmtp>>;
  let visited: Visit;
  let baseUrl: string;

  beforeAll(async () => {
    const { stack, build, migrate, start, packages } = each;
    const tool = await builtTool();
    const folder = await ownFolder(`client-accounts-${stack}`);
    const project = join(folder, 'shop');
    const mailer = await installedProject(parts);
    const isShared = stack === 'express';
    const flags = `--stack ${stack} --accounts ${parts} --yes --no-git`;
    const install = isShared ? '--no-install' : '';
    await mustRun(`node ${tool}/bin/create-backend.js shop ${flags} ${install}`, folder);
    if (isShared) await symlink(join(mailer, packages), join(project, packages));
    await mustRun(`node ${tool}/bin/gen.js client`, project);
    if (build) await mustRun(build, project);

    pages = await openPages(join(project, 'client/api.ts'));
    smtp = await startSmtp(mailer);
    const database = await createDatabase();
    const port = await freePort();
    baseUrl = `http://localhost:${port}`;
    const provider = await startProvider(`${baseUrl}/api/auth/oidc/real/callback`);
    await mustRun(migrate, project, { DATABASE_URL: database.url });
    await makeAdmin(each, project, root, database.url);
    const env = {
      DATABASE_URL: database.url,
      PORT: String(port),
      PUBLIC_URL: baseUrl,
      APP_URL: pages.origin,
      BROWSER_ORIGINS: pages.origin,
      AUTH_RATE_LIMIT: '1000000/minute',
      SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
      MAIL_FROM: 'Shop <shop@example.com>',
      OIDC_PROVIDERS: 'real',
      OIDC_REAL_ISSUER: provider.issuer,
      OIDC_REAL_CLIENT_ID: registered.id,
      OIDC_REAL_CLIENT_SECRET: registered.secret,
    };
    const server = await startServer(project, env, start);
    stops.push(() => server.stop(), provider.stop, smtp.stop, database.drop, pages.close);
    visited = await visit(pages.origin);
    stops.unshift(visited.close);
  });
  afterAll(async () => {
    for (const stop of stops) await stop();
  });

  /** Runs the body of a function in a page, where `api` is a client; its result. */
  async function inPage(
    body: string,
    given: object = {},
    { cookie = false, page = visited.page } = {},
  ): Promise<unknown> {
    const all = JSON.stringify({ baseUrl, cookie, given });
    const told = await page.evaluate(`(async ({ baseUrl, cookie, given }) => {
      const code = (promise) => promise.then(() => 'done', (error) => error.code);
      const all = async (list) => {
        const rows = [];
        for await (const row of list) rows.push(row);
        return rows;
      };
      const api = client.createClient({ baseUrl, cookie });
      ${body}
    })(${all}).then((result) => ({ result }), (error) => ({ error: String(error) }))`);
    const { result, error } = toldBy.parse(told);
    if (error !== undefined) throw new Error(error);
    return result;
  }

  describe('by mail', () => {
    it('registers, and changes a forgotten password and an address', async () => {
      const { email, password } = newCredentials();
      const next = newCredentials();
      const register = 'await api.auth.register(given);';
      await inPage(`${register} await api.auth.forgotPassword({ email: given.email })`, {
        email,
        password,
      });
      expect(await inPage('return code(api.auth.logIn(given))', { email, password })).toBe(
        'UNAUTHENTICATED',
      );
      const token = await smtp.tokenTo(email);
      await inPage('await api.auth.verifyEmail(given)', { token });
      await inPage('await api.auth.forgotPassword(given)', { email });
      const reset = await smtp.tokenTo(email, 1);
      await inPage('await api.auth.resetPassword(given)', {
        token: reset,
        password: next.password,
      });
      const change = `await api.auth.logIn({ email: given.email, password: given.password });
        await api.auth.changeEmail({ email: given.next, currentPassword: given.password })`;
      await inPage(change, { email, password: next.password, next: next.email });
      await inPage('await api.auth.verifyEmail(given)', { token: await smtp.tokenTo(next.email) });
      const me = 'await api.auth.logIn(given); return api.me.get()';
      expect(await inPage(me, next)).toMatchObject({ email: next.email, emailVerified: true });
    });

    it('invites, and confirms the address of who was not asked', async () => {
      const guest = newCredentials();
      const made = newCredentials();
      const administer = `await api.auth.logIn(given.root);
        await api.auth.invite({ email: given.guest.email, role: 'moderator' });
        await api.users.create(given.made)`;
      await inPage(administer, { root, guest, made });
      const token = await smtp.tokenTo(guest.email);
      const accept = `const user = await api.auth.acceptInvitation(given);
        return [user, await api.me.get()]`;
      const accepted = { email: guest.email, role: 'moderator' };
      expect(await inPage(accept, { token, password: guest.password })).toMatchObject([
        accepted,
        accepted,
      ]);
      const ask = `await api.auth.logIn(given);
        const { emailVerified } = await api.me.get();
        await api.auth.sendVerification(); return emailVerified`;
      expect(await inPage(ask, made)).toBe(false);
      const verify = `await api.auth.verifyEmail({ token: given.token });
        await api.auth.logIn({ email: given.email, password: given.password });
        return (await api.me.get()).emailVerified`;
      const asked = { ...made, token: await smtp.tokenTo(made.email) };
      expect(await inPage(verify, asked)).toBe(true);
    });
  });

  describe('by a cookie', () => {
    const kept = `let kept;
      const tokens = { read: () => kept, write: (next) => { kept = next; } };
      const own = client.createClient({ baseUrl, cookie: true, tokens });`;
    const cookies = async () =>
      (await visited.page.context().cookies(`${baseUrl}/api/auth`)).map(({ name }) => name);

    it('signs in without a token that a script can read for later', async () => {
      const signIn = `${kept} await own.auth.logIn(given.root);
        return [Object.keys(kept), document.cookie]`;
      expect(await inPage(signIn, { root })).toEqual([['accessToken'], '']);
      expect(await cookies()).toContain('__Secure-refresh_token');
    });

    it('is signed in still after a reload, by one refresh for ten calls, and in other tabs', async () => {
      await visited.page.reload();
      visited.asked.splice(0);
      const all = `${kept} const calls = Array.from({ length: 10 }, () => own.me.get());
        return (await Promise.all(calls)).map(({ email }) => email)`;
      expect(await inPage(all)).toEqual(Array(10).fill(root.email));
      const isRefresh = (url: string) => url.endsWith('/auth/refresh');
      expect(visited.asked.filter(isRefresh)).toHaveLength(1);
      const opened = visited.page.context().waitForEvent('page');
      await visited.page.evaluate('void open(location.href)');
      const page = await opened;
      await page.waitForLoadState();
      const me = 'return (await api.me.get()).email';
      expect(await inPage(me, {}, { cookie: true, page })).toBe(root.email);
      await page.close();
    });

    it('gets a new token where its own is refused, and none without the cookie', async () => {
      const refused = `${kept} kept = { accessToken: 'expired' };
        const { email } = await own.me.get(); return [email, kept.accessToken]`;
      expect(await inPage(refused)).toEqual([root.email, expect.stringMatching(/^ey/)]);
      expect(await inPage('return code(api.me.get())')).toBe('UNAUTHENTICATED');
    });

    it('signs out, for the time after a reload too', async () => {
      await visited.page.reload();
      await inPage('await api.auth.logOut()', {}, { cookie: true });
      expect(await cookies()).not.toContain('__Secure-refresh_token');
      await visited.page.reload();
      const me = 'return code(api.me.get())';
      expect(await inPage(me, {}, { cookie: true })).toBe('UNAUTHENTICATED');
    });
  });

  describe('by a provider', () => {
    const leave = (start: string) => `const { url, verifier } = await ${start};
      sessionStorage.setItem('verifier', verifier);
      setTimeout(() => location.assign(url));`;
    const exchange = `const code_ = new URLSearchParams(location.hash.slice(1)).get('code');
      const exchange = { code: code_, verifier: sessionStorage.getItem('verifier') };`;

    async function agreeThere({ page }: Visit, name: string): Promise<void> {
      await page.locator('input[name=login]').fill(name);
      await page.locator('input[name=password]').fill('any');
      await page.locator('button[type=submit]').click();
      await page.locator('button[type=submit]', { hasText: 'Continue' }).click();
      await page.waitForURL(`${pages.origin}/**`);
    }

    it('signs in, and stays so by the cookie', async () => {
      expect(await inPage('return api.auth.providers()')).toEqual([{ name: 'real' }]);
      await inPage(leave("api.auth.startSignIn('real')"));
      await agreeThere(visited, 'ada');
      const complete = `${exchange} const user = await api.auth.completeSignIn(exchange);
        return [user.email, (await all(api.me.identities())).map(({ provider }) => provider)]`;
      expect(await inPage(complete, {}, { cookie: true })).toEqual(['ada@example.com', ['real']]);
      await visited.page.reload();
      const me = 'return (await api.me.get()).email';
      expect(await inPage(me, {}, { cookie: true })).toBe('ada@example.com');
    });

    it('links an identity, and removes it', async () => {
      const other = await visit(pages.origin);
      const link = `await api.auth.logIn(given.root);
        ${leave("api.auth.startLink('real', { currentPassword: given.root.password })")}`;
      await inPage(link, { root }, { cookie: true, page: other.page });
      await agreeThere(other, 'eve');
      const add = `${exchange} const { id, email } = await api.me.addIdentity(exchange);
        const linked = await api.me.identities().page();
        await api.me.removeIdentity(id);
        return [email, linked.rows.length, await all(api.me.identities())]`;
      expect(await inPage(add, {}, { cookie: true, page: other.page })).toEqual([
        'eve@example.com',
        1,
        [],
      ]);
      await other.close();
    });
  });
});
