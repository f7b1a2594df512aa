import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { clientRequests } from '../stacks/client-manifest.ts';
import type { ApiError, Tokens } from './client/api.ts';
import { createClient, isApiError, version } from './client/api.ts';
import { openDroppingProxy } from './client/dropping-proxy.ts';
import { clientInBrowser, openPages } from './client/in-browser.ts';
import { makeAdmin, makeProject, twoStacks } from './differ/stacks.ts';
import { createDatabase } from './postgres.ts';
import { builtTool, ownFolder } from './projects.ts';
import { mustRun } from './run.ts';
import { type Server, startServer } from './servers.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 600_000 });

const password = 'correct-Horse-7-battery';
const newEmail = () => `${randomUUID()}@example.com`;

async function errorOf(promise: Promise<unknown>): Promise<ApiError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isApiError(error)) throw new Error(`no error of the API: ${error}`);
  return error;
}

async function all<Row>(list: AsyncIterable<Row>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of list) rows.push(row);
  return rows;
}

describe.each(twoStacks.map((each) => [each.stack, each] as const))('on %s', (stack, each) => {
  let project: string;
  let server: Server;
  let drop: () => Promise<void>;
  let pages: Awaited<ReturnType<typeof openPages>>;
  const admin = { email: 'admin@example.com', password };

  beforeAll(async () => {
    project = await makeProject(each, await ownFolder(`client-${stack}`), 'jwt', clientRequests);
    await mustRun(`node ${await builtTool()}/bin/gen.js client`, project);
    const database = await createDatabase();
    ({ drop } = database);
    const env = { DATABASE_URL: database.url };
    await mustRun(each.migrate, project, env);
    await makeAdmin(each, project, admin, database.url);
    pages = await openPages();
    server = await startServer(
      project,
      { ...env, AUTH_RATE_LIMIT: '100000/minute', CORS_ORIGINS: pages.origin },
      each.start,
    );
  });
  afterAll(async () => {
    pages?.close();
    await server?.stop();
    await drop?.();
  });

  /** A client of a new user. */
  async function signedIn(baseUrl = server.url) {
    let kept: Tokens | undefined;
    const asked: string[] = [];
    const tokens = {
      read: () => kept,
      write(next: Tokens | undefined) {
        kept = next;
      },
    };
    const api = createClient({
      baseUrl,
      tokens,
      fetch: (input, init) => {
        asked.push(`${init?.method} ${String(input).slice(baseUrl.length)}`);
        return fetch(input, init);
      },
    });
    const user = await api.auth.register({ email: newEmail(), password });
    return { api, user, tokens, asked };
  }

  it('is the file that these tests speak through', async () => {
    const own = await readFile(new URL('./client/api.ts', import.meta.url), 'utf8');
    expect(await readFile(join(project, 'client/api.ts'), 'utf8')).toBe(own);
  });

  describe('accounts', () => {
    it('register, log in, change and log out', async () => {
      const { api, user, tokens } = await signedIn();
      const me = await api.me.get();
      expect(me).toMatchObject({ id: user.id, role: 'user', disabledAt: null });
      expect(await api.me.update({}, { ifMatch: me })).toMatchObject({ id: user.id });
      const other = createClient({ baseUrl: server.url });
      await other.auth.logIn({ email: user.email, password });
      const sessions = await all(api.me.sessions({ sortOrder: 'asc', limit: 1 }));
      expect(sessions.map(({ isCurrent }) => isCurrent)).toEqual([true, false]);
      await api.me.endSession(sessions[1]?.id ?? '');
      expect(await errorOf(other.me.get())).toMatchObject({ code: 'UNAUTHENTICATED' });
      await api.me.changePassword({ currentPassword: password, newPassword: `${password}2` });
      await api.auth.logOut();
      expect(tokens.read()).toBeUndefined();
      expect(await errorOf(api.me.get())).toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
      const wrong = api.auth.logIn({ email: user.email, password });
      expect(await errorOf(wrong)).toMatchObject({ code: 'UNAUTHENTICATED' });
      await api.auth.logIn({ email: user.email, password: `${password}2` });
      await api.auth.logOutEverywhere();
      expect(tokens.read()).toBeUndefined();
    });

    it('get new tokens by one request for ten calls at once', async () => {
      const { api, tokens, asked } = await signedIn();
      const refreshToken = tokens.read()?.refreshToken ?? '';
      tokens.write({ accessToken: 'expired', refreshToken });
      asked.splice(0);
      const calls = Array.from({ length: 10 }, () => api.me.get());
      expect(new Set((await Promise.all(calls)).map(({ id }) => id)).size).toBe(1);
      expect(asked.filter((each) => each === 'POST /api/auth/refresh')).toHaveLength(1);
      expect(tokens.read()?.refreshToken).not.toBe(refreshToken);
    });

    it('are signed out where the refresh token is refused', async () => {
      const { api, tokens } = await signedIn();
      tokens.write({ accessToken: 'expired', refreshToken: 'unknown' });
      expect(await errorOf(api.me.get())).toMatchObject({ code: 'UNAUTHENTICATED' });
      expect(tokens.read()).toBeUndefined();
    });

    it('stay signed in where one who waits for new tokens gives up', async () => {
      const { api, tokens } = await signedIn();
      const refreshToken = tokens.read()?.refreshToken ?? '';
      tokens.write({ accessToken: 'expired', refreshToken });
      const controller = new AbortController();
      const given = api.me.get({ signal: controller.signal });
      const other = api.me.get();
      controller.abort(new Error('gone'));
      await expect(given).rejects.toThrow('gone');
      expect((await other).email).toContain('@example.com');
    });

    it('administer users', async () => {
      const api = createClient({ baseUrl: server.url });
      await api.auth.logIn(admin);
      const made = await api.users.create({ email: newEmail(), password, role: 'moderator' });
      const listed = await all(api.users.list({ email: made.email }));
      expect(listed).toMatchObject([{ id: made.id, role: 'moderator' }]);
      const disabled = await api.users.update(made, { disabled: true });
      expect(disabled.disabledAt).not.toBeNull();
      expect(await errorOf(api.users.update(made, { disabled: false }))).toMatchObject({
        code: 'PRECONDITION_FAILED',
      });
      await api.users.delete(disabled);
      expect(await errorOf(api.users.get(made.id))).toMatchObject({ code: 'NOT_FOUND' });
      const { api: own, user } = await signedIn();
      expect(await errorOf(own.users.delete(user.id, { password: 'wrong' }))).toMatchObject({
        code: 'VALIDATION_ERROR',
      });
      await own.users.delete(user.id, { password });
    });
  });

  describe('rows', () => {
    it('have every field, written and read', async () => {
      const { api } = await signedIn();
      const person = await api.people.create({ name: 'Ada' });
      const values = {
        stringValue: 'a & b = c',
        textValue: 'long',
        integerValue: -3,
        numberValue: 0.5,
        decimalValue: '12.50',
        booleanValue: true,
        dateValue: '2026-01-31',
        timeValue: '10:30',
        datetimeValue: '2026-01-31T12:00:00Z',
        uuidValue: randomUUID(),
        emailValue: 'a@example.com',
        urlValue: 'https://example.com/?a=1&b=2',
        jsonValue: { deep: [1, null] },
        enumValue: 'draft',
        refValueId: person.id,
      } as const;
      const made = await api.everyValues.create(values);
      const stored = { timeValue: '10:30:00', datetimeValue: '2026-01-31T12:00:00.000Z' };
      expect(made).toMatchObject({ ...values, ...stored });
      expect(await api.everyValues.get(made.id)).toEqual(made);
      const { jsonValue: _, textValue: __, ...filters } = values;
      const query = { ...filters, minIntegerValue: -3, maxDecimalValue: '12.50', search: 'long' };
      expect(await all(api.everyValues.list(query))).toHaveLength(1);
      expect(await all(api.everyValues.list({ ...query, booleanValue: false }))).toEqual([]);
      const replaced = await api.everyValues.replace(made, { ...values, integerValue: 4 });
      expect(replaced.integerValue).toBe(4);
      expect((await api.everyValues.update(replaced, { numberValue: 2 })).numberValue).toBe(2);
      await api.everyValues.delete(made.id);
    });

    it('have lists, defaults, private fields and nulls', async () => {
      const { api } = await signedIn();
      const arrays = {
        tags: ['one', 'two'],
        counts: [1, 2],
        ratios: [0.1],
        amounts: ['1.50'],
        flags: [true],
        days: ['2026-01-31'],
        times: ['2026-01-31T12:00:00.000Z'],
        hours: ['23:59:00'],
        ids: [randomUUID()],
        mails: ['a@example.com'],
        urls: ['https://example.com'],
        kinds: ['x' as const],
      };
      const made = await api.arrays.create(arrays);
      expect(made).toMatchObject({ ...arrays, notes: null });
      const page = await api.arrays.list({ tags: 'one', kinds: 'x', counts: 2, perPage: 1 }).page();
      expect(page).toMatchObject({ page: 1, perPage: 1, total: 1, totalPages: 1 });
      const author = await api.people.create({ name: 'Ada' });
      const item = await api.news.createOfPerson(author.id, {
        headline: `news ${randomUUID()}`,
        score: 0.5,
        rank: 7,
        cost: '1.50',
        day: '2026-01-31',
        token: randomUUID(),
        trace: randomUUID(),
        contact: newEmail(),
        meta: [],
        pin: '1234',
        level: 2,
      });
      expect(item).toMatchObject({ authorId: author.id, price: '9.99', kind: 'b-c', views: 0 });
      expect(item).not.toHaveProperty('pin');
      const found = await all(api.news.listOfPerson(author.id, { kind: 'b-c', search: 'news' }));
      expect(found.map(({ id }) => id)).toEqual([item.id]);
    });

    it('come page by page, by cursor and by number', async () => {
      const { api, user, asked } = await signedIn();
      for (let count = 0; count < 5; count += 1) {
        await api.posts.create({ title: `${user.id} ${count}`, views: count });
        await api.products.create({ name: `n${count}`, price: `${count}.00` });
      }
      asked.splice(0);
      const query = { status: 'draft', minViews: 1, sortBy: 'views', sortOrder: 'asc' } as const;
      const posts = await all(api.posts.listOfUser(user.id, { ...query, limit: 2 }));
      expect(posts.map(({ views }) => views)).toEqual([1, 2, 3, 4]);
      expect(asked).toHaveLength(2);
      const first = await api.posts.listOfUser(user.id, { limit: 3 }).page();
      expect(first).toMatchObject({ limit: 3, nextCursor: expect.any(String) });
      const cursor = first.nextCursor ?? '';
      const second = await api.posts.listOfUser(user.id, { limit: 3, cursor }).page();
      expect(second).toMatchObject({ nextCursor: null });
      expect([...first.rows, ...second.rows]).toHaveLength(5);
      const prices = await all(api.products.list({ perPage: 2, sortBy: 'price', minPrice: '1' }));
      expect(prices.map(({ price }) => price)).toEqual(['4.00', '3.00', '2.00', '1.00']);
      let seen = 0;
      for await (const _ of api.products.list({ perPage: 2 })) {
        seen += 1;
        if (seen === 2) break;
      }
      expect(asked.filter((each) => each === 'GET /api/products?perPage=2')).toHaveLength(1);
    });

    it('are changed only as they were read', async () => {
      const { api } = await signedIn();
      const read = await api.posts.create({ title: randomUUID() });
      const changed = await api.posts.update(read, { views: 1 });
      expect(changed[version]).not.toBe(read[version]);
      const late = await errorOf(api.posts.update(read, { views: 2 }));
      expect(late).toMatchObject({ code: 'PRECONDITION_FAILED', status: 412 });
      expect(await errorOf(api.posts.delete(read))).toMatchObject({ code: 'PRECONDITION_FAILED' });
      // An edited copy keeps its version, and an id asks for none.
      const copy = { ...changed, views: 3 };
      expect((await api.posts.update(copy, { views: copy.views })).views).toBe(3);
      expect((await api.posts.update(read.id, { views: 4 })).views).toBe(4);
      await api.posts.delete(read.id);
    });

    it('are made once where the answer is lost', async () => {
      const proxy = await openDroppingProxy(server.url);
      const { api, user } = await signedIn(proxy.url);
      proxy.passed.splice(0);
      proxy.drop(2);
      const made = await api.posts.create({ title: randomUUID() });
      expect(proxy.passed.map(({ status, isDropped }) => [status, isDropped])).toEqual([
        [201, true],
        [201, true],
        [201, false],
      ]);
      expect((await all(api.posts.listOfUser(user.id))).map(({ id }) => id)).toEqual([made.id]);
      const again = { idempotencyKey: randomUUID() };
      const values = { title: randomUUID() };
      const one = await api.posts.create(values, again);
      expect(await api.posts.create(values, again)).toEqual(one);
      proxy.close();
    });
  });

  it('tells errors apart by their codes', async () => {
    const { api, user } = await signedIn();
    const title = randomUUID();
    const own = await api.posts.create({ title });
    const { api: other } = await signedIn();
    const anonymous = createClient({ baseUrl: server.url });
    const unknown = JSON.parse('{"title":1,"extra":true}');
    const invalid = await errorOf(api.posts.create(unknown));
    if (invalid.code !== 'VALIDATION_ERROR') throw invalid;
    expect(invalid.details.map(({ field }) => field).sort()).toEqual(['extra', 'title']);
    const twice = await errorOf(api.posts.create({ title }));
    if (twice.code !== 'CONFLICT') throw twice;
    expect(twice.details).toMatchObject([{ field: 'title' }]);
    expect(twice.requestId).toMatch(/./);
    const codes: [string, () => Promise<unknown>][] = [
      ['UNAUTHENTICATED', () => anonymous.posts.list().page()],
      ['FORBIDDEN', () => other.posts.delete(own.id)],
      ['NOT_FOUND', () => api.posts.get(randomUUID())],
      ['NOT_FOUND', () => api.posts.get('../users')],
      ['VALIDATION_ERROR', () => api.posts.list({ limit: 101 }).page()],
      ['VALIDATION_ERROR', () => api.posts.list({ cursor: 'x' }).page()],
      ['METHOD_NOT_ALLOWED', () => api.send({ method: 'PUT', path: '/posts' })],
      ['BAD_REQUEST', () => api.posts.create({ title }, { idempotencyKey: 'a b' })],
      ['PAYLOAD_TOO_LARGE', () => api.posts.create({ title: 'x'.repeat(3_000_000) })],
    ];
    for (const [code, call] of codes) expect(await errorOf(call())).toMatchObject({ code });
    expect(await api.send({ method: 'GET', path: `/users/${user.id}` })).toMatchObject({
      data: { id: user.id },
    });
  });

  it('waits as long as a limit asks it to', async () => {
    const api = createClient({ baseUrl: server.url, retries: 5 });
    const notes = ['1', '2', '3', '4', '5', '6', '7'];
    const made = await Promise.all(notes.map((note) => api.probes.create({ note })));
    expect(made.map(({ note }) => note)).toEqual(notes);
    const impatient = createClient({ baseUrl: server.url, retries: 0 });
    const calls = notes.map((note) => impatient.probes.create({ note }));
    const ended = await Promise.allSettled(calls);
    const refused = ended.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    expect(refused[0]).toMatchObject({ code: 'RATE_LIMITED', retryAfter: 1 });
  });

  it('aborts and gives up in time', async () => {
    const { api } = await signedIn();
    const controller = new AbortController();
    const waiting = api.posts.list({}, { signal: controller.signal }).page();
    controller.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    const late = await errorOf(api.posts.update(randomUUID(), {}, { timeout: 0 }));
    expect(late).toMatchObject({ code: 'TIMEOUT' });
  });

  describe('in a browser on another origin', () => {
    clientInBrowser(() => ({ page: pages.origin, url: server.url, email: newEmail(), password }));
  });
});
