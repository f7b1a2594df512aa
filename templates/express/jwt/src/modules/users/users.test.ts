import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Api, startApi } from '../../../test/api.ts';
import { collectLog } from '../../../test/log.ts';
import { fieldsOf, idsOf, walk } from '../../../test/rows.ts';
import { insertUser, samplePassword } from './users.fixtures.ts';
import { userRow } from './users.schema.ts';

const log = collectLog();
let api: Api;

beforeAll(async () => {
  api = await startApi({}, { logger: log.logger });
});
beforeEach(() => api.reset());
afterAll(() => api.close());

describe.each(['user', 'moderator'] as const)('as %s', (role) => {
  it('every route answers 403, whether the row is there or not', async () => {
    const { id } = await api.signIn(role);
    for (const path of ['/api/users', `/api/users/${id}`, '/api/users/garbage']) {
      expect((await api.get(path)).status).toBe(403);
    }
    expect((await api.patch(`/api/users/${id}`, { role: 'admin' })).status).toBe(403);
    expect((await api.patch(`/api/users/${crypto.randomUUID()}`, {})).status).toBe(403);
  });
});

describe('list', () => {
  it('has every user once, newest first, without the passwords', async () => {
    const { id } = await api.signIn('admin');
    const rows = [await insertUser(api.db), await insertUser(api.db), await insertUser(api.db)];
    const { status, body } = await api.get('/api/users');
    expect(status).toBe(200);
    for (const row of body.data) userRow.strict().parse(row);
    const expected = [...idsOf(rows).reverse(), id];
    expect(idsOf(body.data)).toEqual(expected);
    expect(await walk(api, '/api/users?sortBy=createdAt')).toEqual(expected);
    expect(await walk(api, '/api/users?sortOrder=asc')).toEqual(expected.reverse());
  });

  it('filters by role and address', async () => {
    const { id } = await api.signIn('admin');
    const { id: other, email } = await insertUser(api.db);
    expect(idsOf((await api.get('/api/users?role=admin')).body.data)).toEqual([id]);
    const path = `/api/users?email=${email.toUpperCase()}`;
    expect(idsOf((await api.get(path)).body.data)).toEqual([other]);
  });

  it.each(['limit=100000', 'limit=0', 'role=root', 'passwordHash=x', 'cursor=x', 'sortBy=email'])(
    'refuses %s',
    async (query) => {
      await api.signIn('admin');
      expect((await api.get(`/api/users?${query}`)).status).toBe(422);
    },
  );
});

describe('get', () => {
  it('answers the user, or 404', async () => {
    await api.signIn('admin');
    const { id, email } = await insertUser(api.db);
    const { status, body } = await api.get(`/api/users/${id}`);
    expect(status).toBe(200);
    expect(userRow.strict().parse(body.data)).toMatchObject({ id, email });
    expect((await api.get(`/api/users/${crypto.randomUUID()}`)).status).toBe(404);
    expect((await api.get('/api/users/garbage')).status).toBe(404);
  });
});

describe('update', () => {
  it('changes the role, which counts from the next request on', async () => {
    const { id } = await insertUser(api.db);
    const { accessToken } = await api.auth.sessions.open({ id, role: 'user' }, undefined);
    const asHim = { headers: { Authorization: `Bearer ${accessToken}` } };
    expect((await api.send('GET', '/api/users', asHim)).status).toBe(403);

    const { id: by } = await api.signIn('admin');
    const { status, body } = await api.patch(`/api/users/${id}`, { role: 'admin' });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ id, role: 'admin' });
    expect(log.entries()).toContainEqual(
      expect.objectContaining({ security: 'user_changed', userId: id, by, role: 'admin' }),
    );
    expect((await api.send('GET', '/api/users', asHim)).status).toBe(200);
  });

  it('disables a user at once, and enables him again with no session left', async () => {
    await api.signIn('admin');
    const { id, email } = await insertUser(api.db);
    const credentials = { email, password: samplePassword };
    const { accessToken, refreshToken } = (await api.post('/api/auth/login', credentials)).body
      .data;
    const asHim = { headers: { Authorization: `Bearer ${accessToken}` } };
    expect((await api.send('GET', '/api/me', asHim)).status).toBe(200);

    const disabled = await api.patch(`/api/users/${id}`, { disabled: true });
    expect(disabled.body.data.disabledAt).toEqual(expect.any(String));
    expect((await api.send('GET', '/api/me', asHim)).status).toBe(401);
    expect((await api.post('/api/auth/refresh', { refreshToken })).status).toBe(401);
    expect((await api.post('/api/auth/login', credentials)).status).toBe(401);

    const enabled = await api.patch(`/api/users/${id}`, { disabled: false });
    expect(enabled.body.data.disabledAt).toBeNull();
    expect((await api.post('/api/auth/login', credentials)).status).toBe(200);
    expect((await api.post('/api/auth/refresh', { refreshToken })).status).toBe(401);
  });

  it.each([{ role: 'user' }, { disabled: true }, { role: 'admin', disabled: true }])(
    'by the administrator of himself is refused: %j',
    async (values) => {
      const { id } = await api.signIn('admin');
      const before = (await api.get('/api/me')).body.data;
      const answer = await api.patch(`/api/users/${id}`, values);
      expect(answer).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } });
      expect((await api.get('/api/me')).body.data).toEqual(before);
    },
  );

  it.each([
    ['id', crypto.randomUUID()],
    ['email', 'other@example.com'],
    ['passwordHash', 'x'],
    ['createdAt', new Date().toISOString()],
    ['role', 'root'],
    ['disabled', 'yes'],
  ])('refuses %s', async (field, value) => {
    await api.signIn('admin');
    const { id } = await insertUser(api.db);
    const answer = await api.patch(`/api/users/${id}`, { [field]: value });
    expect(answer.status).toBe(422);
    expect(fieldsOf(answer.body)).toEqual([field]);
  });

  it('lets only the first of two changes of one state through', async () => {
    await api.signIn('admin');
    const path = `/api/users/${(await insertUser(api.db)).id}`;
    const etag = (await api.get(path)).headers.get('etag') ?? '';
    const seen = await api.send('GET', path, { headers: { 'If-None-Match': etag } });
    expect(seen.status).toBe(304);
    const headers = { 'Content-Type': 'application/json', 'If-Match': etag };
    const change = { headers, body: '{"data":{"role":"moderator"}}' };
    expect((await api.send('PATCH', path, change)).status).toBe(200);
    expect((await api.send('PATCH', path, change)).status).toBe(412);
  });

  it('answers 404 for a user who is not there', async () => {
    await api.signIn('admin');
    const path = `/api/users/${crypto.randomUUID()}`;
    expect((await api.patch(path, { role: 'user' })).status).toBe(404);
  });
});
