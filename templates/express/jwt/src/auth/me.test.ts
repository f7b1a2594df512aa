import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Api, startApi } from '../../test/api.ts';
import { collectLog } from '../../test/log.ts';
import { fieldsOf, idsOf, walk } from '../../test/rows.ts';
import { insertUser, samplePassword } from '../modules/users/users.fixtures.ts';
import { sessionRow } from './auth.schema.ts';

const log = collectLog();
let api: Api;

beforeAll(async () => {
  api = await startApi({}, { logger: log.logger });
});
beforeEach(() => api.reset());
afterAll(() => api.close());

async function logIn(email: string, password = samplePassword) {
  const answer = await api.post('/api/auth/login', { email, password });
  return { status: answer.status, ...answer.body.data };
}
const as = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });
const refreshStatus = async (refreshToken: string) =>
  (await api.post('/api/auth/refresh', { refreshToken })).status;

describe('me', () => {
  it('is who the token says, without the password', async () => {
    const { id } = await api.signIn('moderator');
    const { status, headers, body } = await api.get('/api/me');
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ id, role: 'moderator' });
    expect(JSON.stringify(body)).not.toContain('argon2');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('answers 404 when the user is gone', async () => {
    const { id } = await api.signIn();
    await api.get('/api/me');
    await api.db.deleteFrom('users').where('id', '=', id).execute();
    expect((await api.get('/api/me')).status).toBe(404);
  });

  it.each([
    ['POST', '/api/me', 'GET, HEAD'],
    ['PUT', '/api/me/password', 'PATCH'],
    ['GET', '/api/auth/login', 'POST'],
    ['DELETE', '/api/me/sessions', 'GET, HEAD'],
  ])('%s %s answers 405', async (method, path, allow) => {
    await api.signIn();
    const { status, headers } = await api.send(method, path);
    expect([status, headers.get('allow')]).toEqual([405, allow]);
  });
});

describe('the password', () => {
  const newPassword = 'close the blue door';
  const change = (token: string, data: object) =>
    api.send('PATCH', '/api/me/password', {
      headers: { ...as(token).headers, 'Content-Type': 'application/json' },
      body: JSON.stringify({ data }),
    });

  it('changes, and every other session ends', async () => {
    const { email } = await insertUser(api.db);
    const [mine, other] = [await logIn(email), await logIn(email)];
    const body = { currentPassword: samplePassword, newPassword };
    expect((await change(mine.accessToken, body)).status).toBe(204);
    expect(log.events().at(-1)).toBe('password_changed');

    expect((await api.send('GET', '/api/me', as(other.accessToken))).status).toBe(401);
    expect(await refreshStatus(other.refreshToken)).toBe(401);
    expect(await refreshStatus(mine.refreshToken)).toBe(200);
    expect((await logIn(email)).status).toBe(401);
    expect((await logIn(email, newPassword)).status).toBe(200);
  });

  it('does not change for somebody who does not know it', async () => {
    const { email } = await insertUser(api.db);
    const { accessToken } = await logIn(email);
    const answer = await change(accessToken, { currentPassword: 'a guess', newPassword });
    expect(answer.status).toBe(422);
    expect(answer.body.error.details).toEqual([
      { field: 'currentPassword', message: expect.any(String) },
    ]);
    expect(log.events().at(-1)).toBe('password_change_failed');
    expect((await logIn(email)).status).toBe(200);
  });

  it.each([
    ['nothing', {}, ['currentPassword', 'newPassword']],
    ['a short one', { currentPassword: samplePassword, newPassword: 'short' }, ['newPassword']],
    [
      'a common one',
      { currentPassword: samplePassword, newPassword: 'password1234' },
      ['newPassword'],
    ],
    ['more', { currentPassword: samplePassword, newPassword, role: 'admin' }, ['role']],
  ])('refuses %s', async (_case, data, fields) => {
    await api.signIn();
    const answer = await api.patch('/api/me/password', data);
    expect(answer.status).toBe(422);
    expect(fieldsOf(answer.body)).toEqual(fields);
    expect(JSON.stringify(answer.body)).not.toContain(samplePassword);
  });

  it('cannot be guessed without end', async () => {
    const limited = await startApi({ AUTH_RATE_LIMIT: '1/hour' });
    await limited.signIn();
    const guess = { currentPassword: 'a guess', newPassword };
    expect((await limited.patch('/api/me/password', guess)).status).toBe(422);
    expect((await limited.patch('/api/me/password', guess)).status).toBe(429);
    await limited.close();
  });
});

describe('the sessions', () => {
  it('are those of the caller that live, newest first', async () => {
    const { email } = await insertUser(api.db);
    await api.signIn();
    const ended = await logIn(email);
    await api.send('POST', '/api/auth/logout', as(ended.accessToken));
    await logIn(email);
    const { accessToken } = await logIn(email);
    const { status, body } = await api.send('GET', '/api/me/sessions', as(accessToken));
    expect(status).toBe(200);
    const rows = body.data.map((row: unknown) => sessionRow.strict().parse(row));
    expect(rows).toMatchObject([{ isCurrent: true }, { isCurrent: false }]);
    expect(rows[0].userAgent).toBe('node');
  });

  it('have pages', async () => {
    const { id } = await api.signIn();
    const { id: sessionId } = (await api.get('/api/me/sessions')).body.data[0];
    const opened = [1, 2, 3, 4].map(() =>
      api.auth.sessions.open({ id, role: 'user' }, 'x'.repeat(999)),
    );
    await Promise.all(opened);
    const ids = await walk(api, '/api/me/sessions?sortOrder=asc');
    expect(ids).toHaveLength(5);
    expect(ids[0]).toBe(sessionId);
    expect((await api.get('/api/me/sessions?limit=100000')).status).toBe(422);
  });

  it('end one by one', async () => {
    const { email } = await insertUser(api.db);
    const [phone, laptop] = [await logIn(email), await logIn(email)];
    const sessions = await api.send('GET', '/api/me/sessions', as(phone.accessToken));
    const [newest] = idsOf(sessions.body.data);
    const path = `/api/me/sessions/${newest}`;
    expect((await api.send('DELETE', path, as(phone.accessToken))).status).toBe(204);
    expect((await api.send('DELETE', path, as(phone.accessToken))).status).toBe(404);
    expect(await refreshStatus(laptop.refreshToken)).toBe(401);
    expect((await api.send('GET', '/api/me', as(laptop.accessToken))).status).toBe(401);
    expect(await refreshStatus(phone.refreshToken)).toBe(200);
  });

  it('of somebody else do not exist', async () => {
    await api.signIn();
    const [theirs] = idsOf((await api.get('/api/me/sessions')).body.data);
    await api.signIn('admin');
    expect((await api.delete(`/api/me/sessions/${theirs}`)).status).toBe(404);
    expect((await api.delete('/api/me/sessions/garbage')).status).toBe(404);
    const { revoked_at } = await api.db
      .selectFrom('auth_sessions')
      .select('revoked_at')
      .where('id', '=', String(theirs))
      .executeTakeFirstOrThrow();
    expect(revoked_at).toBeNull();
  });
});
