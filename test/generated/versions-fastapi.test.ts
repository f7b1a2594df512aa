import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeProject, twoStacks } from './differ/stacks.ts';
import { createDatabase } from './postgres.ts';
import { builtTool, ownFolder } from './projects.ts';
import { mustRun } from './run.ts';
import { type Server, startServer } from './servers.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 300_000 });

/** What only one stack has: where the mapping is, and what checks a project with versions. */
const onStacks = {
  fastapi: {
    mapping: 'app/modules/posts/v1/mapping.py',
    checks: [
      '.venv/bin/ruff check .',
      '.venv/bin/ruff format --check .',
      '.venv/bin/mypy .',
      '.venv/bin/pytest -q tests/modules tests/test_api_versions.py tests/test_field_names.py',
    ],
  },
} as const;

const endpoints = [
  { name: 'tags', fields: ['name:string:unique'] },
  {
    name: 'posts',
    fields: [
      'title:string:max=80:search:filter:sort:unique',
      'views:integer:default=0',
      'status:enum:draft,published:default=draft',
      'tag:ref:tags:optional',
    ],
  },
];

const changes = [
  'version v2 --sunset 2099-01-31',
  'field rename posts title headline',
  'field rename posts tag topic',
  'field remove posts views --force',
  'field add posts rating:integer',
  'field change posts status:enum:draft,published,archived:default=draft',
];

const successor = '</api/v2>; rel="successor-version"';
const stacks = twoStacks.flatMap((each) => (each.stack === 'fastapi' ? [each] : []));

describe.each(stacks)('an API with an old version on $stack', (each) => {
  const { mapping, checks } = onStacks[each.stack];
  const ends: (() => Promise<void>)[] = [];
  let project: string;
  let server: Server;

  const gen = async (line: string) =>
    mustRun(`node ${await builtTool()}/bin/gen.js ${line}`, project);

  beforeAll(async () => {
    project = await makeProject(each, await ownFolder(`versions-${each.stack}`), 'none', endpoints);
    for (const line of changes) await gen(line);
    if ('build' in each && each.build) await mustRun(each.build, project);
    const { url: DATABASE_URL, drop } = await createDatabase();
    ends.unshift(drop);
    await mustRun(each.migrate, project, { DATABASE_URL });
    server = await startServer(
      project,
      { DATABASE_URL, CORS_ORIGINS: 'https://a.example' },
      each.start,
    );
    ends.unshift(() => server.stop());
  });
  afterAll(async () => {
    for (const end of ends) await end();
  });

  async function ask(request: string, data?: object, headers: Record<string, string> = {}) {
    const [method = '', path = ''] = request.split(' ');
    const answer = await fetch(server.url + path, {
      method,
      headers: { ...(data && { 'content-type': 'application/json' }), ...headers },
      ...(data && { body: JSON.stringify({ data }) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text && JSON.parse(text) };
  }

  const newTitle = () => `Title ${randomUUID()}`;

  it.each(checks)('passes %s', async (command) => {
    await mustRun(command, project);
  });

  it.each([
    ['GET /api/posts', 200],
    ['GET /api/tags', 200],
    ['GET /api/nowhere', 404],
    ['PUT /api/posts', 405],
    ['GET /api/posts?unknown=1', 422],
    ['GET /api/posts/1', 404],
  ])('says that it is deprecated in the answer to %s', async (request, status) => {
    const old = await ask(request);
    expect(old.status).toBe(status);
    expect(old.headers.get('deprecation')).toMatch(/^@\d+$/);
    expect(Number(old.headers.get('deprecation')?.slice(1)) % 86_400).toBe(0);
    expect(old.headers.get('sunset')).toBe('Sat, 31 Jan 2099 00:00:00 GMT');
    expect(old.headers.get('link')).toBe(successor);
    const newest = await ask(request.replace('/api', '/api/v2'));
    expect(newest.status).toBe(status);
    for (const name of ['deprecation', 'sunset', 'link'])
      expect(newest.headers.get(name)).toBe(null);
  });

  it('creates in each version what the other one reads', async () => {
    const title = newTitle();
    const old = await ask('POST /api/posts', { title, views: 7, status: 'published' });
    expect(old.status).toBe(201);
    expect(old.body.data).toMatchObject({ title, views: 0, status: 'published', tagId: null });
    expect(old.headers.get('location')).toBe(`/api/posts/${old.body.data.id}`);
    const read = await ask(`GET /api/v2/posts/${old.body.data.id}`);
    expect(read.body.data).toMatchObject({ headline: title, rating: 0, topicId: null });
    expect(Object.keys(read.body.data)).not.toContain('title');

    const headline = newTitle();
    const newest = await ask('POST /api/v2/posts', { headline, rating: 4, status: 'archived' });
    expect(newest.headers.get('location')).toBe(`/api/v2/posts/${newest.body.data.id}`);
    const seen = await ask(`GET /api/posts/${newest.body.data.id}`);
    expect(seen.body.data).toMatchObject({ title: headline, views: 0, status: 'draft' });
    expect(Object.keys(seen.body.data)).not.toContain('rating');
  });

  it('changes what it knows, and keeps what only the newest version has', async () => {
    const made = await ask('POST /api/v2/posts', { headline: newTitle(), rating: 4 });
    const path = `/api/posts/${made.body.data.id}`;
    const title = newTitle();
    expect((await ask(`PATCH ${path}`, { title })).body.data.title).toBe(title);
    await ask(`PUT ${path}`, { title, status: 'published' });
    const newest = await ask(`GET /api/v2/posts/${made.body.data.id}`);
    expect(newest.body.data).toMatchObject({ headline: title, rating: 4, status: 'published' });
  });

  it('has tags of its own, and refuses what has changed since, in either version', async () => {
    const made = await ask('POST /api/posts', { title: newTitle() });
    const [old, newest] = ['/api', '/api/v2'].map((base) => `${base}/posts/${made.body.data.id}`);
    const etag = made.headers.get('etag') ?? '';
    expect((await ask(`GET ${old}`, undefined, { 'If-None-Match': etag })).status).toBe(304);
    expect((await ask(`GET ${newest}`)).headers.get('etag')).not.toBe(etag);
    const seen = { 'If-Match': etag };
    const first = await ask(`PATCH ${old}`, { title: newTitle() }, seen);
    expect(first.status).toBe(200);
    expect((await ask(`PATCH ${old}`, { title: newTitle() }, seen)).status).toBe(412);
    const again = { 'If-Match': first.headers.get('etag') ?? '' };
    await ask(`PATCH ${newest}`, { headline: newTitle() });
    expect((await ask(`DELETE ${old}`, undefined, again)).status).toBe(412);
    const now = { 'If-Match': (await ask(`GET ${old}`)).headers.get('etag') ?? '' };
    expect((await ask(`DELETE ${old}`, undefined, now)).status).toBe(204);
  });

  it('answers a repeated request with the same row', async () => {
    const data = { title: newTitle() };
    const key = { 'Idempotency-Key': 'once' };
    const first = await ask('POST /api/posts', data, key);
    const again = await ask('POST /api/posts', data, key);
    expect(again.body.data).toEqual(first.body.data);
    const other = await ask('POST /api/v2/posts', { headline: newTitle(), rating: 1 }, key);
    expect(other.status).toBe(201);
  });

  it('lists by its own names, over all pages', async () => {
    const titles = ['zz 1', 'zz 2', 'zz 3'];
    for (const headline of titles) await ask('POST /api/v2/posts', { headline, rating: 1 });
    const query = 'search=zz&sortBy=title&sortOrder=asc';
    const first = await ask(`GET /api/posts?${query}&limit=2`);
    const next = first.body.meta.nextCursor;
    const second = await ask(`GET /api/posts?${query}&limit=2&cursor=${next}`);
    const found = [...first.body.data, ...second.body.data];
    expect(found.map(({ title }) => title)).toEqual(titles);
    const filtered = await ask('GET /api/posts?title=zz%202');
    expect(filtered.body.data).toHaveLength(1);
    expect((await ask('GET /api/posts?headline=zz%202')).status).toBe(422);
    expect((await ask('GET /api/v2/posts?title=zz%202')).status).toBe(422);
  });

  it.each([
    [{ title: '' }, 422, 'title'],
    [{ title: 'Right', headline: 'x' }, 422, 'headline'],
    [{ title: 'Right', status: 'archived' }, 422, 'status'],
    [{ title: 'Right', tagId: '00000000-0000-7000-8000-000000000000' }, 422, 'tagId'],
    [{ title: 'Taken' }, 409, 'title'],
  ])('names its own fields in errors: %j', async (data, status, field) => {
    await ask('POST /api/v2/posts', { headline: 'Taken', rating: 1 });
    const answer = await ask('POST /api/posts', data);
    expect(answer.status).toBe(status);
    expect(answer.body.error.details.map((each: { field: string }) => each.field)).toEqual([field]);
  });

  it('shows its headers to pages of known origins', async () => {
    const answer = await ask('GET /api/posts', undefined, { Origin: 'https://a.example' });
    const exposed = answer.headers.get('access-control-expose-headers')?.split(/, ?/);
    expect(exposed).toEqual(expect.arrayContaining(['Deprecation', 'Link', 'Sunset']));
  });

  it('has a document of its own', async () => {
    const [old, newest] = [await ask('GET /openapi/v1.json'), await ask('GET /openapi.json')];
    const { get, post } = old.body.paths['/posts'];
    expect([get.deprecated, post.deprecated]).toEqual([true, true]);
    const told = Object.keys(get.responses['200'].headers);
    expect(told).toEqual(expect.arrayContaining(['Deprecation', 'Link', 'Sunset']));
    expect(Object.keys(old.body.components.schemas.Post.properties)).toContain('title');
    expect(Object.keys(newest.body.components.schemas.Post.properties)).toContain('headline');
    expect(newest.body.paths['/posts'].get.deprecated).toBe(undefined);
    expect(old.body.servers).toEqual([{ url: '../api' }]);
  });

  it('logs the routes of the version that was asked', async () => {
    await ask('GET /api/posts');
    await vi.waitFor(() => expect(server.log().map(({ path }) => path)).toContain('/api/posts'));
  });

  it('follows later changes, and goes without a trace', async () => {
    await gen('field add posts stars:integer');
    expect(await readFile(join(project, mapping), 'utf8')).toContain('stars');
    await gen('version remove v1');
    expect(await gen('status')).toContain('The code matches backend.json.');
    await expect(readFile(join(project, mapping))).rejects.toThrow('ENOENT');
    expect(await readFile(join(project, 'README.md'), 'utf8')).not.toContain('Deprecation');
  });
});
