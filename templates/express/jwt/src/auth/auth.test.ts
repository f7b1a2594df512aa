import { randomUUID } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Api, startApi } from '../../test/api.ts';
import { collectLog } from '../../test/log.ts';
import { fieldsOf } from '../../test/rows.ts';
import { insertUser, samplePassword } from '../modules/users/users.fixtures.ts';
import { createUsersRepository } from '../modules/users/users.repository.ts';
import { loggedIn } from './auth.schema.ts';
import { createAuthService } from './auth.service.ts';
import { passwords } from './passwords.ts';

const password = 'open the red door';
const unauthenticated = { status: 401, body: { error: { code: 'UNAUTHENTICATED' } } };
const log = collectLog();
let api: Api;

beforeAll(async () => {
  api = await startApi({}, { logger: log.logger });
});
beforeEach(() => api.reset());
afterAll(() => api.close());

const register = (email = 'ada@example.com') => api.post('/api/auth/register', { email, password });
const logIn = (email: string, secret = samplePassword) =>
  api.post('/api/auth/login', { email, password: secret });
const refresh = (refreshToken: unknown) => api.post('/api/auth/refresh', { refreshToken });
const as = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });
const readMe = (token: string) => api.send('GET', '/api/me', as(token));

/** What was logged under `security` while something was done. */
async function eventsOf(work: () => Promise<unknown>) {
  const before = log.entries().length;
  await work();
  return log
    .entries()
    .slice(before)
    .filter(({ security }) => security);
}

describe('register', () => {
  it('answers the new user, and tokens that work', async () => {
    const { status, headers, body } = await register('Ada@Example.COM');
    expect(status).toBe(201);
    const { user, accessToken, refreshToken, expiresIn } = loggedIn.strict().parse(body.data);
    expect(user).toMatchObject({ email: 'ada@example.com', role: 'user', disabledAt: null });
    expect(headers.get('location')).toBe('/api/me');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(refreshToken).toMatch(/^[\w-]{43}$/);
    expect(expiresIn).toBe(600);
    expect((await readMe(accessToken)).body.data).toEqual(user);
  });

  it('keeps neither the password nor a token', async () => {
    const { refreshToken } = (await register()).body.data;
    const stored = JSON.stringify([
      await api.db.selectFrom('users').selectAll().execute(),
      await api.db.selectFrom('auth_refresh_tokens').selectAll().execute(),
    ]);
    expect(stored).toContain('$argon2id$');
    expect(stored).not.toContain(password);
    expect(stored).not.toContain(refreshToken);
  });

  it('answers 409 when the address is taken, in whatever letters', async () => {
    await register();
    const answer = await register('ADA@example.com');
    expect(answer).toMatchObject({ status: 409, body: { error: { code: 'CONFLICT' } } });
    expect(fieldsOf(answer.body)).toEqual(['email']);
  });

  it.each([
    ['no address', { password }, ['email']],
    ['no password', { email: 'ada@example.com' }, ['password']],
    ['a short password', { email: 'ada@example.com', password: 'short' }, ['password']],
    ['a common one', { email: 'ada@example.com', password: 'Password1234' }, ['password']],
    ['a role', { email: 'ada@example.com', password, role: 'admin' }, ['role']],
    ['an id', { email: 'ada@example.com', password, id: crypto.randomUUID() }, ['id']],
    ['everything wrong', { email: 1, password: 2 }, ['email', 'password']],
  ])('refuses %s', async (_case, values, fields) => {
    const answer = await api.post('/api/auth/register', values);
    expect(answer.status).toBe(422);
    expect(fieldsOf(answer.body)).toEqual(fields);
    for (const detail of answer.body.error.details) {
      if (detail.field === 'password') expect(detail).not.toHaveProperty('value');
    }
  });
});

describe('login', () => {
  it('answers the user and tokens, whatever letters the address has', async () => {
    const { id, email } = await insertUser(api.db);
    const { status, body } = await logIn(email.toUpperCase());
    expect(status).toBe(200);
    expect(loggedIn.strict().parse(body.data).user.id).toBe(id);
    expect((await readMe(body.data.accessToken)).status).toBe(200);
  });

  it('answers the same for an unknown user, a wrong password and a disabled user', async () => {
    const { email } = await insertUser(api.db);
    const disabled = await insertUser(api.db, { disabled_at: new Date().toISOString() });
    const answers = [
      await logIn('nobody@example.com'),
      await logIn(email, 'a wrong password'),
      await logIn(disabled.email),
    ];
    for (const { status, headers, body } of answers) {
      expect(status).toBe(401);
      expect(headers.get('www-authenticate')).toBe('Bearer');
      expect(body.error).toEqual(answers[0]?.body.error);
    }
  });

  it('does the same work for all of them', async () => {
    const users = createUsersRepository(api.db);
    const counted = { ...passwords, hash: vi.fn(passwords.hash), verify: vi.fn(passwords.verify) };
    const { sessions } = api.auth;
    const service = createAuthService(users, sessions, counted);
    const origin = { userAgent: undefined, log: pino({ level: 'silent' }) };
    const disabled = await insertUser(api.db, { disabled_at: new Date().toISOString() });
    const { email } = await insertUser(api.db);

    for (const each of ['nobody@example.com', disabled.email, email]) {
      const before = [counted.hash.mock.calls.length, counted.verify.mock.calls.length] as const;
      const wrong = { email: each, password: 'a wrong password' };
      await expect(service.logIn(wrong, origin)).rejects.toMatchObject({ status: 401 });
      expect(counted.hash).toHaveBeenCalledTimes(before[0]);
      expect(counted.verify).toHaveBeenCalledTimes(before[1] + 1);
    }
    const compared = counted.verify.mock.calls.map(([stored]) => stored.split('$', 4).join('$'));
    expect(new Set(compared).size).toBe(1);
  });

  it('makes an outdated hash anew', async () => {
    const password_hash = await hash(samplePassword, { memoryCost: 8192 });
    const { id, email } = await insertUser(api.db, { password_hash });
    expect((await logIn(email)).status).toBe(200);
    const { password_hash: renewed } = await api.db
      .selectFrom('users')
      .select('password_hash')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    expect(renewed).not.toBe(password_hash);
    expect(passwords.isOutdated(renewed)).toBe(false);
    expect((await logIn(email)).status).toBe(200);
  });

  it('is logged, well or ill', async () => {
    const { id, email } = await insertUser(api.db);
    const events = await eventsOf(async () => {
      await logIn(email);
      await logIn(email, 'a wrong password');
      await logIn('nobody@example.com');
    });
    expect(events).toMatchObject([
      { security: 'login_ok', userId: id, requestId: expect.any(String) },
      { security: 'login_failed', userId: id },
      { security: 'login_failed' },
    ]);
    expect(events[2]).not.toHaveProperty('userId');
  });

  it('removes a hundred expired sessions, whosever they are', async () => {
    const { id, email } = await insertUser(api.db);
    const { id: userId } = await insertUser(api.db);
    const times = { created_at: past, last_used_at: past, expires_at: past, revoked_at: null };
    const expired = Array.from({ length: 150 }, () => ({
      id: randomUUID(),
      user_id: userId,
      user_agent: null,
      ...times,
    }));
    await api.db.insertInto('auth_sessions').values(expired).execute();
    const left = () => api.db.selectFrom('auth_sessions').select('user_id').execute();
    await logIn(email);
    expect(await left()).toHaveLength(51);
    await logIn(email);
    expect(await left()).toEqual([{ user_id: id }, { user_id: id }]);
  });
});

describe('refresh', () => {
  it('answers the next tokens, of the same session', async () => {
    const first = (await register()).body.data;
    const { status, body } = await refresh(first.refreshToken);
    expect(status).toBe(200);
    expect(body.data.refreshToken).not.toBe(first.refreshToken);
    expect((await readMe(body.data.accessToken)).status).toBe(200);
    expect((await refresh(body.data.refreshToken)).status).toBe(200);
    expect(await api.db.selectFrom('auth_sessions').selectAll().execute()).toHaveLength(1);
  });

  it('with an old token ends the session, for whoever has the new one too', async () => {
    const first = (await register()).body.data;
    const second = (await refresh(first.refreshToken)).body.data;
    const events = await eventsOf(async () => {
      expect(await refresh(first.refreshToken)).toMatchObject(unauthenticated);
    });
    expect(events).toMatchObject([{ security: 'token_reuse', userId: first.user.id }]);
    expect(await refresh(second.refreshToken)).toMatchObject(unauthenticated);
    expect((await readMe(second.accessToken)).status).toBe(401);
  });

  it('twice at once with one token works once, and ends the session', async () => {
    const { refreshToken } = (await register()).body.data;
    const answers = await Promise.all([refresh(refreshToken), refresh(refreshToken)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    const next = answers.find(({ status }) => status === 200)?.body.data.refreshToken;
    expect((await refresh(next)).status).toBe(401);
  });

  it('of one session leaves the others alone', async () => {
    const { email } = await insertUser(api.db);
    const [phone, laptop] = [(await logIn(email)).body.data, (await logIn(email)).body.data];
    await refresh(phone.refreshToken);
    await refresh(phone.refreshToken);
    expect((await refresh(laptop.refreshToken)).status).toBe(200);
  });

  it('lengthens the session, but not for ever', async () => {
    const { refreshToken } = (await register()).body.data;
    const day = 86_400_000;
    const began = Date.now() - 80 * day;
    await api.db
      .updateTable('auth_sessions')
      .set({ created_at: new Date(began).toISOString() })
      .execute();
    await refresh(refreshToken);
    const session = await api.db
      .selectFrom('auth_sessions')
      .select(['last_used_at', 'expires_at'])
      .executeTakeFirstOrThrow();
    expect(Date.parse(session.expires_at)).toBe(began + 90 * day);
    expect(Date.now() - Date.parse(session.last_used_at)).toBeLessThan(60_000);
  });

  it.each([
    ['that is none', () => 'garbage'],
    ['that is an access token', async () => (await register()).body.data.accessToken],
    ['of a session that has expired', () => refreshTokenAfter({ expires_at: past })],
    ['of a session that has ended', () => refreshTokenAfter({ revoked_at: past })],
    [
      'of a disabled user',
      async () => {
        const { refreshToken, user } = (await register()).body.data;
        const change = api.db.updateTable('users').set({ disabled_at: past });
        await change.where('id', '=', user.id).execute();
        return refreshToken;
      },
    ],
  ])('refuses a token %s', async (_case, make) => {
    const token = await make();
    const events = await eventsOf(async () => {
      expect(await refresh(token)).toMatchObject(unauthenticated);
    });
    expect(events).toMatchObject([{ security: 'refresh_failed' }]);
  });

  it('answers 422 without repeating what was sent', async () => {
    const answer = await refresh({ a: 'token' });
    expect(answer.status).toBe(422);
    expect(answer.body.error.details).toEqual([
      { field: 'refreshToken', message: expect.any(String) },
    ]);
  });

  it('token is no access token', async () => {
    const { refreshToken } = (await register()).body.data;
    expect((await readMe(refreshToken)).status).toBe(401);
  });
});

describe('logout', () => {
  it('ends this session and no other', async () => {
    const { email } = await insertUser(api.db);
    const [phone, laptop] = [(await logIn(email)).body.data, (await logIn(email)).body.data];
    const answer = await api.send('POST', '/api/auth/logout', as(phone.accessToken));
    expect(answer.status).toBe(204);
    expect((await readMe(phone.accessToken)).status).toBe(401);
    expect((await refresh(phone.refreshToken)).status).toBe(401);
    expect((await readMe(laptop.accessToken)).status).toBe(200);
    expect((await refresh(laptop.refreshToken)).status).toBe(200);
  });

  it('of all ends every session of this user', async () => {
    const { email } = await insertUser(api.db);
    const other = (await register('other@example.com')).body.data;
    const [phone, laptop] = [(await logIn(email)).body.data, (await logIn(email)).body.data];
    const answer = await api.send('POST', '/api/auth/logout-all', as(phone.accessToken));
    expect(answer.status).toBe(204);
    for (const { accessToken, refreshToken } of [phone, laptop]) {
      expect((await readMe(accessToken)).status).toBe(401);
      expect((await refresh(refreshToken)).status).toBe(401);
    }
    expect((await refresh(other.refreshToken)).status).toBe(200);
  });
});

describe('the rate limit', () => {
  const attempts = { login: logInFrom, register: registerFrom, refresh: refreshFrom };
  let limited: Api;

  beforeEach(async () => {
    const env = { AUTH_RATE_LIMIT: '2/hour', TRUST_PROXY: '1' };
    limited = await startApi(env, { logger: log.logger });
    return () => limited.close();
  });

  it.each(Object.entries(attempts))('of %s counts by address', async (_name, attempt) => {
    expect((await attempt(limited, '203.0.113.1', 'one')).status).not.toBe(429);
    expect((await attempt(limited, '203.0.113.1', 'two')).status).not.toBe(429);
    const events = await eventsOf(async () => {
      const refused = await attempt(limited, '203.0.113.1', 'three');
      expect(refused).toMatchObject({ status: 429, body: { error: { code: 'RATE_LIMITED' } } });
    });
    expect(events).toMatchObject([{ security: 'rate_limited' }]);
    expect((await attempt(limited, '203.0.113.2', 'four')).status).not.toBe(429);
  });

  it('of login leaves the owner of an account in, whatever one address does', async () => {
    for (let count = 0; count < 30; count += 1) await logInFrom(limited, '203.0.113.1', 'same');
    expect((await logInFrom(limited, '203.0.113.2', 'same')).status).toBe(401);
  });

  it('of login counts by account too, wherever the attempts come from', async () => {
    const attempt = async (address: string, name: string) =>
      (await logInFrom(limited, address, name)).status;
    for (let count = 1; count <= 20; count += 1) {
      expect(await attempt(`203.0.113.${count}`, count % 2 ? 'same' : 'SAME')).toBe(401);
    }
    expect(await attempt('203.0.113.21', 'same')).toBe(429);
    expect(await attempt('203.0.113.21', 'other')).toBe(401);
  });
});

describe('the log and the answers', () => {
  it('hold no password, token or hash', async () => {
    const { user, ...tokens } = (await register()).body.data;
    const next = (await refresh(tokens.refreshToken)).body.data;
    await refresh(tokens.refreshToken);
    await logIn('ada@example.com', 'a wrong password');
    await api.send('GET', `/api/me?token=${next.accessToken}`, {
      headers: { Authorization: `Bearer ${next.accessToken}`, Cookie: 'session=a-cookie' },
    });
    const answer = await api.post('/api/auth/register', {
      email: 'ada@example.com',
      password: 'a wrong password'.repeat(20),
    });

    const { password_hash } = await api.db
      .selectFrom('users')
      .select('password_hash')
      .where('id', '=', user.id)
      .executeTakeFirstOrThrow();
    const secrets = [password, 'a wrong password', password_hash, 'a-cookie'];
    secrets.push(tokens.accessToken, tokens.refreshToken, next.accessToken, next.refreshToken);
    for (const secret of secrets) {
      expect(log.text()).not.toContain(secret);
      expect(JSON.stringify(answer.body)).not.toContain(secret);
    }
    expect(log.text()).not.toContain('argon2');
  });
});

const past = new Date(Date.now() - 1000).toISOString();

async function refreshTokenAfter(change: { expires_at: string } | { revoked_at: string }) {
  const { refreshToken } = (await register()).body.data;
  await api.db.updateTable('auth_sessions').set(change).execute();
  return refreshToken;
}

function postFrom(to: Api, address: string, path: string, data: object) {
  return to.send('POST', path, {
    headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': address },
    body: JSON.stringify({ data }),
  });
}

function logInFrom(to: Api, address: string, name: string) {
  const email = `${name}@example.com`;
  return postFrom(to, address, '/api/auth/login', { email, password });
}

function registerFrom(to: Api, address: string, name: string) {
  const email = `${name}@example.com`;
  return postFrom(to, address, '/api/auth/register', { email, password });
}

function refreshFrom(to: Api, address: string, name: string) {
  return postFrom(to, address, '/api/auth/refresh', { refreshToken: name });
}
