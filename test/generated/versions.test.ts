import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { installedProject } from './accounts/project.ts';
import { createDatabase } from './postgres.ts';
import { builtTool, copyProject, ownFolder } from './projects.ts';
import { mustRun } from './run.ts';
import { type Server, startServer } from './servers.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 600_000 });

const commit = 'git add --all && git commit -q -m Change';

const onStacks = {
  express: {
    make: async (folder: string) => copyProject(await installedProject(), folder),
    build: 'npm run build',
    migrate: 'npm run migrate',
    start: 'node dist/main.js',
    isTest: /\.test\.ts$/,
    test: 'npx vitest run',
    checks: 'npm run -s type-check && npx biome check --error-on-warnings .',
  },
  fastapi: {
    async make(folder: string) {
      const flags = '--stack fastapi --accounts none --yes --no-git';
      await mustRun(`node ${await builtTool()}/bin/create-backend.js shop ${flags}`, folder);
      await mustRun(`git init -q && ${commit}`, join(folder, 'shop'));
      return join(folder, 'shop');
    },
    build: 'true',
    migrate: '.venv/bin/python -m app.db.migrate',
    start: '.venv/bin/python -m app',
    isTest: /\/test_\w+\.py$/,
    test: '.venv/bin/pytest -q',
    checks: '.venv/bin/mypy . && .venv/bin/ruff check . && .venv/bin/ruff format --check .',
  },
};

const endpoints = [
  'endpoint tags name:string --access read=public',
  'endpoint posts title:string:filter:sort code:string:unique note:text:optional --access read=public',
];

// The second change freezes nothing that is not frozen.
const changes = [
  'field rename posts title headline',
  'field add posts views:integer:default=0',
  'field remove posts note --force',
];

const printed = z.object({
  plan: z.object({
    changes: z.array(z.object({ kind: z.string(), path: z.string() })),
    notices: z.array(z.object({ message: z.string().optional() })),
  }),
});

const answered = z.object({
  data: z.unknown().optional(),
  error: z.object({ code: z.string(), details: z.unknown().optional() }).optional(),
});

const row = z.looseObject({ id: z.string() });

describe.each(Object.entries(onStacks))('versions side by side on %s', (stack, own) => {
  let project: string;
  let plain: string;
  let tool: string;
  let database: Awaited<ReturnType<typeof createDatabase>>;
  let server: Server | undefined;
  let token = '';
  const added: string[] = [];
  const told: string[] = [];

  // The same time twice, so that migrations have the same names.
  const gen = (folder: string, line: string, time = 1_796_000_000) =>
    mustRun(`node ${tool}/bin/gen.js ${line}`, folder, { SOURCE_DATE_EPOCH: String(time) });
  const planned = async (line: string, time?: number) => {
    const { plan } = printed.parse(JSON.parse(await gen(project, `${line} --json`, time)));
    const created = plan.changes.filter(
      ({ kind, path }) => kind === 'create' && own.isTest.test(path),
    );
    added.push(...created.map(({ path }) => path));
    told.push(...plan.notices.flatMap(({ message }) => message ?? []));
  };

  async function ask(method: string, path: string, data?: unknown, headers = {}) {
    const response = await fetch(`${server?.url}${path}`, {
      method,
      headers: {
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(data !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(data !== undefined && { body: JSON.stringify({ data }) }),
    });
    const text = await response.text();
    const body = answered.parse(text === '' ? {} : JSON.parse(text));
    return { status: response.status, headers: response.headers, ...body };
  }
  const made = async (path: string, data: unknown) => {
    const answer = await ask('POST', path, data);
    expect([path, answer.status, answer.error]).toEqual([path, 201, undefined]);
    return { ...answer, row: row.parse(answer.data) };
  };

  beforeAll(async () => {
    tool = await builtTool();
    project = await own.make(await ownFolder(`versions-${stack}`));
    for (const line of endpoints) await gen(project, line);
    await mustRun(commit, project);
    plain = join(await ownFolder(`versions-${stack}-plain`), 'shop');
    await mustRun(`git clone -q . ${plain}`, project);
    await planned('version v2 --sunset 2027-12-28');
    for (const [at, line] of changes.entries()) await planned(line, 1_797_000_000 + at);
    await mustRun(own.checks, project);
    await mustRun(`${commit} && ${own.build}`, project);
    database = await createDatabase();
    const env = { DATABASE_URL: database.url };
    await mustRun(own.migrate, project, env);
    server = await startServer(project, { ...env, AUTH_RATE_LIMIT: '1000/minute' }, own.start);
    const account = { email: 'ada@example.com', password: 'a long enough password' };
    const { data } = await ask('POST', '/api/auth/register', account);
    token = z.object({ accessToken: z.string() }).parse(data).accessToken;
  });
  afterAll(async () => {
    await server?.stop();
    await database?.drop();
  });

  it('come with tests of their own, which pass', async () => {
    expect(added.length).toBeGreaterThan(1);
    await mustRun(`${own.test} ${added.join(' ')}`, project);
  });

  it('say where the mapping of an endpoint that differs is, once', () => {
    const frozen = told.filter((message) => message.startsWith('v1 keeps posts as it was'));
    expect(frozen).toHaveLength(1);
  });

  it('show one row in the shape of each', async () => {
    const old = await made('/api/posts', { title: 'One', code: 'a-1', note: 'gone' });
    expect(old.row).toMatchObject({ title: 'One', code: 'a-1' });
    expect(old.row).not.toHaveProperty('headline');
    expect(old.headers.get('location')).toBe(`/api/posts/${old.row.id}`);
    const now = await ask('GET', `/api/v2/posts/${old.row.id}`);
    expect(now.data).toMatchObject({ headline: 'One', code: 'a-1', views: 0 });
    expect(now.data).not.toHaveProperty('title');

    const newest = await made('/api/v2/posts', { headline: 'Two', code: 'a-2', views: 7 });
    expect(newest.headers.get('location')).toBe(`/api/v2/posts/${newest.row.id}`);
    const shown = await ask('PATCH', `/api/posts/${newest.row.id}`, { title: 'Three' });
    expect(shown.data).toMatchObject({ title: 'Three', code: 'a-2' });
    const after = await ask('GET', `/api/v2/posts/${newest.row.id}`);
    expect(after.data).toMatchObject({ headline: 'Three', views: 7 });
  });

  it('share an endpoint that does not differ', async () => {
    const tag = await made('/api/tags', { name: 'red' });
    expect((await ask('GET', `/api/v2/tags/${tag.row.id}`)).data).toEqual(tag.row);
  });

  it('filter, sort and refuse by the names of each', async () => {
    for (const [at, title] of ['Lead', 'Iron'].entries()) {
      await made('/api/posts', { title, code: `b-${at}` });
    }
    const iron = await ask('GET', '/api/posts?title=Iron');
    expect(iron.data).toEqual([expect.objectContaining({ title: 'Iron' })]);
    const sorted = await ask('GET', '/api/posts?sortBy=title&sortOrder=asc&limit=100');
    const titles = z.array(z.object({ title: z.string() })).parse(sorted.data);
    expect(titles.map(({ title }) => title)).toEqual(titles.map(({ title }) => title).sort());
    const next = await ask('GET', '/api/v2/posts?headline=Iron');
    expect(next.data).toEqual([expect.objectContaining({ headline: 'Iron' })]);
    expect((await ask('GET', '/api/v2/posts?title=Iron')).status).toBe(422);
    expect((await ask('GET', '/api/posts?headline=Iron')).status).toBe(422);

    const refused = await ask('POST', '/api/posts', { title: 1, code: 'c' });
    expect([refused.status, refused.error?.details]).toEqual([
      422,
      [expect.objectContaining({ field: 'title' })],
    ]);
    const taken = await ask('POST', '/api/posts', { title: 'Copy', code: 'b-0' });
    expect([taken.status, taken.error?.code]).toEqual([409, 'CONFLICT']);
  });

  it('have tags of their own, and see each other’s changes by them', async () => {
    const { row: post, headers } = await made('/api/posts', { title: 'Tagged', code: 'd-1' });
    const old = { path: `/api/posts/${post.id}`, tag: headers.get('etag') ?? '' };
    const now = { path: `/api/v2/posts/${post.id}`, tag: '' };
    now.tag = (await ask('GET', now.path)).headers.get('etag') ?? '';
    expect(now.tag).not.toBe(old.tag);
    const unchanged = await ask('GET', old.path, undefined, { 'If-None-Match': old.tag });
    expect(unchanged.status).toBe(304);
    const stranger = await ask('PATCH', old.path, { title: 'No' }, { 'If-Match': now.tag });
    expect(stranger.status).toBe(412);
    const changed = await ask('PATCH', old.path, { title: 'Yes' }, { 'If-Match': old.tag });
    expect(changed.status).toBe(200);
    const late = await ask('PATCH', now.path, { headline: 'No' }, { 'If-Match': now.tag });
    expect(late.status).toBe(412);
    const stale = await ask('DELETE', old.path, undefined, { 'If-Match': old.tag });
    expect(stale.status).toBe(412);
  });

  it.each([
    ['/api/tags', 200],
    ['/api/posts', 200],
    ['/api/me', 200],
    ['/api/posts/no-uuid', 404],
    ['/api/nowhere', 404],
    ['/api/posts?page=x', 422],
  ])('say that the old one is deprecated: %s', async (path, status) => {
    const old = await ask('GET', path);
    expect(old.status).toBe(status);
    expect(old.headers.get('deprecation')).toBe('@1795996800');
    expect(old.headers.get('sunset')).toBe('Tue, 28 Dec 2027 00:00:00 GMT');
    expect(old.headers.get('link')).toBe('</api/v2>; rel="successor-version"');
    const newest = await ask('GET', path.replace('/api', '/api/v2'));
    expect(newest.status).toBe(status);
    expect(newest.headers.has('deprecation')).toBe(false);
  });

  it('take the same token, and none without one', async () => {
    const anonymous = { Authorization: '' };
    for (const path of ['/api/posts', '/api/v2/posts']) {
      expect((await ask('POST', path, {}, anonymous)).status).toBe(401);
    }
  });

  it('create one row for one key', async () => {
    const key = { 'Idempotency-Key': 'one-key' };
    const post = { title: 'Once', code: 'e-1' };
    const first = await ask('POST', '/api/posts', post, key);
    const again = await ask('POST', '/api/posts', post, key);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.data).toEqual(first.data);
  });

  it('are documented each', async () => {
    const readDocument = async (path: string) => {
      const response = await fetch(`${server?.url}${path}`);
      return { status: response.status, text: await response.text() };
    };
    const old = await readDocument('/openapi/v1.json');
    const now = await readDocument('/openapi.json');
    expect([old.status, now.status]).toEqual([200, 200]);
    const schemas = z.object({
      servers: z.array(z.object({ url: z.string() })),
      paths: z.record(z.string(), z.record(z.string(), z.looseObject({}))),
      components: z.object({
        schemas: z.record(z.string(), z.looseObject({ properties: z.looseObject({}).optional() })),
      }),
    });
    const [older, newest] = [old, now].map(({ text }) => schemas.parse(JSON.parse(text)));
    expect(older?.components.schemas.Post?.properties).toHaveProperty('title');
    expect(newest?.components.schemas.Post?.properties).toHaveProperty('headline');
    expect(older?.servers).toEqual([{ url: '../api' }]);
    const operations = Object.values(older?.paths ?? {}).flatMap((path) => Object.values(path));
    expect(operations.map(({ deprecated }) => deprecated)).toEqual(operations.map(() => true));
    expect(now.text).not.toMatch(/"deprecated": ?true/);
  });

  it('are told by gen status and gen list', async () => {
    const status = await gen(project, 'status');
    expect(status).toMatch(/\bv1\b.*\/api\b.*2026-11-30.*2027-12-28/);
    expect(status).toContain('posts');
    const routes = (await gen(project, 'list')).split('\n').filter((line) => /posts/.test(line));
    const answering = (method: string, path: string) =>
      routes.filter((line) => line.startsWith(method) && line.split(/\s+/)[1] === path);
    expect(answering('GET', '/api/posts')).toEqual([expect.stringContaining('/v1/')]);
    expect(answering('GET', '/api/v2/posts')).toEqual([expect.not.stringContaining('/v1/')]);
  });

  it('leave no trace once the old one is removed', async () => {
    await gen(project, 'version remove v1');
    const manifest = join(plain, 'backend.json');
    const text = await readFile(manifest, 'utf8');
    await writeFile(manifest, text.replace('"basePath": "/api"', '"basePath": "/api/v2"'));
    await gen(plain, 'apply');
    for (const [at, line] of changes.entries()) await gen(plain, line, 1_797_000_000 + at);
    await mustRun(commit, plain);
    const compare = `git --git-dir ${plain}/.git --work-tree ${project} status --porcelain`;
    expect(await mustRun(compare, project)).toBe('');
  });
});
