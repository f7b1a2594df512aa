import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { runChecks } from '../../src/check/run-checks.ts';
import { parseManifest } from '../../src/manifest/manifest.ts';
import { stacks as allStacks } from '../../src/stacks/stacks.ts';
import { newCredentials } from './accounts/client.ts';
import { fetchIn, servePage, submitIn } from './accounts/pages.ts';
import { type Visit, visit } from './browser.ts';
import { type Fault, openFaultyProxy } from './check/faulty-proxy.ts';
import { expectGreenIn, testsIn } from './checks.ts';
import { createDatabase } from './postgres.ts';
import { openPrefixProxy } from './prefix-proxy.ts';
import { createProject, ownFolder } from './projects.ts';
import { redisUrl } from './redis.ts';
import { mustRun } from './run.ts';
import { type Server, startServer } from './servers.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 });

const name = '__Secure-refresh_token';

/** What gen check promises of browsers. */
const promises = [
  'a page has its refresh token in a cookie that no script reads',
  'a page of another origin gets no cookie, and cannot use one',
];

const python = (command: string) => `. .venv/bin/activate && ${command}`;

const stacks = {
  express: {
    stack: 'express',
    prepare: 'npm run build',
    migrate: 'npm run migrate',
    start: 'node dist/main.js',
    green: (project: string) => expectGreenIn(project, 'src/auth src/http'),
    test: `npx vitest run ${testsIn('src/auth src/http')}`,
  },
  fastapi: {
    stack: 'fastapi',
    prepare: python('python --version'),
    migrate: python('python -m app.db.migrate'),
    start: '.venv/bin/python -m app',
    green: async (project: string) => {
      await mustRun(python('ruff check . && ruff format --check . && mypy .'), project);
    },
    test: python(`pytest -q ${testsIn('tests/auth')}`),
  },
} as const;

describe.each(Object.entries(stacks))('pages of a project on %s', (stack, its) => {
  let project: string;
  let database: Awaited<ReturnType<typeof createDatabase>>;
  let server: Server;
  let allowed: Awaited<ReturnType<typeof servePage>>;
  let foreign: Awaited<ReturnType<typeof servePage>>;
  let opened: Visit;
  /** Where pages reach the server, as `localhost`. */
  let url: string;
  const check = async (target: string) => {
    const text = await readFile(join(project, 'backend.json'), 'utf8');
    const manifest = parseManifest(text, 'backend.json', allStacks);
    const pause = async () => {};
    return (await runChecks(manifest, { url: target, token: undefined, pause, tell: () => {} }))
      .findings;
  };
  const auth = (path: string) => `${url}/api/auth/${path}`;

  beforeAll(async () => {
    const folder = await ownFolder(`browser-${stack}`);
    project = await createProject(folder, '--api both --accounts browser', its.stack);
    await mustRun(its.prepare, project);
    database = await createDatabase();
    [allowed, foreign] = await Promise.all([servePage(), servePage()]);
    const env = {
      DATABASE_URL: database.url,
      AUTH_RATE_LIMIT: '1000000/minute',
      BROWSER_ORIGINS: allowed.local,
      CORS_ORIGINS: `${foreign.local},${foreign.other}`,
      TRUST_PROXY: 'loopback',
    };
    await mustRun(its.migrate, project, env);
    server = await startServer(project, env, its.start);
    url = server.url.replace('127.0.0.1', 'localhost');
    opened = await visit(allowed.local);
  });
  afterAll(async () => {
    await opened?.close();
    allowed?.close();
    foreign?.close();
    await server?.stop();
    await database?.drop();
  });

  it('is green, and passes its tests on PostgreSQL with Redis', async () => {
    await its.green(project);
    const own = await createDatabase();
    await mustRun(its.test, project, { DATABASE_URL: own.url, REDIS_URL: await redisUrl() });
    await own.drop();
  });

  it('keeps every promise that gen check knows', async () => {
    const findings = await check(server.url);
    expect(findings.filter(({ status }) => status === 'broken')).toEqual([]);
    expect(findings.map(({ promise }) => promise)).toEqual(expect.arrayContaining(promises));
  });

  it.each<[string, number, Fault]>([
    [
      'lets scripts read the cookie',
      0,
      {
        tells: ({ headers }) => ({
          headers: {
            ...headers,
            'set-cookie': (headers['set-cookie'] ?? '').replace(/; HttpOnly/i, ''),
          },
        }),
      },
    ],
    ['takes requests of every page', 1, {}],
  ])('is found by gen check if it %s', async (_case, at, { tells }) => {
    const asks: Fault['asks'] = ({ headers }) => {
      const { 'sec-fetch-site': _, ...rest } = headers;
      return { headers: { ...rest, origin: server.url } };
    };
    const proxy = await openFaultyProxy(server.url, { asks, ...(tells && { tells }) });
    const findings = await check(proxy.url);
    proxy.close();
    const status = findings.find(({ promise }) => promise === promises[at])?.status;
    expect(status).toBe('broken');
  });

  describe('in Chromium', () => {
    let context: BrowserContext;
    const data = newCredentials();
    beforeAll(async () => {
      const answer = await fetch(auth('register'), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ data }),
      });
      expect(answer.status).toBe(201);
    });
    beforeEach(async () => {
      const browser = opened.page.context().browser();
      if (!browser) throw new Error('the browser is gone');
      context = await browser.newContext();
    });
    afterEach(() => context.close());

    async function openPage(origin: string): Promise<Page> {
      const page = await context.newPage();
      await page.goto(origin);
      return page;
    }
    /** A page of an allowed origin that is signed in. */
    async function signIn(): Promise<Page> {
      const page = await openPage(allowed.local);
      const answer = await fetchIn(page, auth('login'), { ...data, cookie: true });
      expect(answer).toMatchObject({ status: 200, data: { accessToken: expect.any(String) } });
      expect(answer?.data).not.toHaveProperty('refreshToken');
      return page;
    }
    const cookies = async () =>
      (await context.cookies(auth('refresh'))).filter((each) => each.name === name);

    it('an allowed page signs in, comes back after a reload, and signs out', async () => {
      const page = await signIn();
      expect(await cookies()).toMatchObject([
        { path: '/api/auth', httpOnly: true, secure: true, sameSite: 'Strict' },
      ]);
      expect(await context.cookies(`${url}/api/graphql`)).toEqual([]);
      expect(await page.evaluate('document.cookie')).toBe('');
      await page.reload();
      const answer = await fetchIn(page, auth('refresh'));
      expect(answer).toMatchObject({ status: 200, data: { accessToken: expect.any(String) } });
      expect(await fetchIn(page, auth('logout'))).toEqual({ status: 204 });
      expect(await cookies()).toEqual([]);
      expect(await fetchIn(page, auth('refresh'))).toMatchObject({ status: 401 });
    });

    it('many tabs that refresh at once stay signed in, again and again', async () => {
      await signIn();
      const tabs = await Promise.all(Array.from({ length: 8 }, () => openPage(allowed.local)));
      for (const _ of [1, 2, 3]) {
        const answers = await Promise.all(tabs.map((tab) => fetchIn(tab, auth('refresh'))));
        expect(answers.map((answer) => answer?.status)).toEqual(tabs.map(() => 200));
      }
      await Promise.all(tabs.map((tab) => tab.reload()));
      const last = await Promise.all(
        tabs.map(async (tab) => [
          await fetchIn(tab, auth('refresh')),
          await fetchIn(tab, auth('refresh')),
        ]),
      );
      for (const answer of last.flat()) expect(answer).toMatchObject({ status: 200 });
    });

    it('a page of the server itself needs no setting', async () => {
      const page = await openPage(`${url}/docs`);
      const answer = await fetchIn(page, auth('login'), { ...data, cookie: true });
      expect(answer).toMatchObject({ status: 200 });
      expect(await fetchIn(page, auth('refresh'))).toMatchObject({ status: 200 });
      expect(await fetchIn(page, auth('logout'))).toEqual({ status: 204 });
    });

    it.each(['local', 'other'] as const)(
      'a page that only CORS allows gets nothing and changes nothing: %s',
      async (site) => {
        const page = await signIn();
        const before = await cookies();
        const stranger = await openPage(foreign[site]);
        const sent: number[] = [];
        stranger.on('response', (response) => sent.push(response.status()));
        for (const path of ['refresh', 'logout', 'logout-all']) {
          expect(await fetchIn(stranger, auth(path))).toBeUndefined();
        }
        expect(await fetchIn(stranger, auth('login'), { ...data, cookie: true })).toBeUndefined();
        expect(sent.filter((status) => status < 400 && status !== 204)).toEqual([]);
        // Without the cookie it may sign in, as CORS says.
        const plain = { headers: { 'Content-Type': 'application/json' } };
        const body = JSON.stringify({ data: { ...data } });
        const init = JSON.stringify({ method: 'POST', ...plain, body });
        expect(
          await stranger.evaluate(
            `fetch('${auth('login')}', ${init}).then(({ status }) => status)`,
          ),
        ).toBe(200);
        expect(await cookies()).toEqual(before);
        expect(await fetchIn(page, auth('refresh'))).toMatchObject({ status: 200 });
      },
    );

    it.each(['refresh', 'logout', 'logout-all'])(
      'a form of a foreign page is refused by %s, and does nothing',
      async (path) => {
        const page = await signIn();
        const before = await cookies();
        for (const enctype of [
          'text/plain',
          'application/x-www-form-urlencoded',
          'multipart/form-data',
        ]) {
          expect(await submitIn(await openPage(foreign.local), auth(path), enctype)).toBe(403);
        }
        expect(await cookies()).toEqual(before);
        expect(await fetchIn(page, auth('refresh'))).toMatchObject({ status: 200 });
      },
    );

    it('a form of another site comes without the cookie, and is refused too', async () => {
      await signIn();
      const submit = async (path: string, fields: boolean) =>
        submitIn(await openPage(foreign.other), auth(path), 'text/plain', fields);
      expect(await submit('refresh', false)).toBe(403);
      expect(await submit('refresh', true)).toBe(415);
      expect(await submit('login', true)).toBe(415);
      expect(await submit('logout', false)).toBe(401);
    });
  });

  it('works below a path of a proxy', async () => {
    const proxy = await openPrefixProxy(server.url, '/shop');
    const local = proxy.url.replace('127.0.0.1', 'localhost');
    const context = await opened.page.context().browser()?.newContext();
    if (!context) throw new Error('the browser is gone');
    const page = await context.newPage();
    await page.goto(`${local}/docs`);
    const data = newCredentials();
    const path = (rest: string) => `${local}/api/auth/${rest}`;
    expect(await fetchIn(page, path('register'), { ...data, cookie: true })).toMatchObject({
      status: 201,
    });
    expect(await context.cookies(path('refresh'))).toMatchObject([{ path: '/shop/api/auth' }]);
    expect(await fetchIn(page, path('refresh'))).toMatchObject({ status: 200 });
    expect(await fetchIn(page, path('logout'))).toEqual({ status: 204 });
    expect(await context.cookies()).toEqual([]);
    await context.close();
    proxy.close();
  });

  it('answers a preflight of each origin by what it may', async () => {
    const ask = async (Origin: string) => {
      const { status, headers } = await fetch(auth('refresh'), {
        method: 'OPTIONS',
        headers: { Origin, 'Access-Control-Request-Method': 'POST' },
      });
      const read = (rest: string) => headers.get(`access-control-allow-${rest}`);
      return [status, read('origin'), read('credentials'), headers.get('vary')];
    };
    expect(await ask(allowed.local)).toEqual([204, allowed.local, 'true', 'Origin']);
    expect(await ask(foreign.local)).toEqual([204, foreign.local, null, 'Origin']);
    expect(await ask('https://evil.example')).toEqual([204, null, null, 'Origin']);
  });

  it('logs what was refused, and no token', () => {
    const log = server.output();
    expect(log).toContain('"security":"access_refused"');
    expect(log).not.toMatch(new RegExp(`${name}|[\\w-]{43}`));
  });
});
