import { hash } from '@node-rs/argon2';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Api, startApi } from '../../test/api.ts';
import { insertUser, samplePassword } from '../modules/users/users.fixtures.ts';
import { createUsersRepository } from '../modules/users/users.repository.ts';
import { createAuthService } from './auth.service.ts';
import { type Passwords, passwords } from './passwords.ts';
import { runUserCommand } from './user-commands.ts';

const newPassword = 'close the blue door';
const origin = { userAgent: undefined, log: pino({ level: 'silent' }) };
const refused = { status: 401, message: 'Wrong e-mail address or password' };
let api: Api;

beforeAll(async () => {
  api = await startApi();
});
beforeEach(() => api.reset());
afterAll(() => api.close());

const serviceWith = (given: Partial<Passwords> = {}) =>
  createAuthService(createUsersRepository(api.db), api.auth.sessions, { ...passwords, ...given });

const logIn = (email: string, password = samplePassword) =>
  serviceWith().logIn({ email, password }, origin);

async function changePassword(id: string) {
  const { accessToken } = await api.auth.sessions.open({ id, role: 'user' }, undefined);
  const data = { currentPassword: samplePassword, newPassword };
  const answer = await api.send('PATCH', '/api/me/password', {
    headers: { Authorization: `Bearer ${accessToken}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ data }),
  });
  return answer.status;
}

/** Does something once, after the first call of a function and before its answer. */
function thenOnce<A extends unknown[], R>(
  first: (...args: A) => Promise<R>,
  next: () => Promise<unknown>,
) {
  let isDone = false;
  return async (...args: A): Promise<R> => {
    const answer = await first(...args);
    if (!isDone) {
      isDone = true;
      await next();
    }
    return answer;
  };
}

const livingSessions = () =>
  api.db.selectFrom('auth_sessions').select('user_agent').where('revoked_at', 'is', null).execute();

describe('a login that began before', () => {
  it('a change of the password comes in no more', async () => {
    const { id, email } = await insertUser(api.db);
    const verify = thenOnce(passwords.verify, () => changePassword(id));
    const late = serviceWith({ verify }).logIn({ email, password: samplePassword }, origin);
    await expect(late).rejects.toMatchObject(refused);
    expect(await livingSessions()).toHaveLength(1);
  });

  it('a change of the password does not put the old one back when its hash is outdated', async () => {
    const password_hash = await hash(samplePassword, { memoryCost: 8192 });
    const { id, email } = await insertUser(api.db, { password_hash });
    const renew = thenOnce(passwords.hash, () => changePassword(id));
    const late = serviceWith({ hash: renew }).logIn({ email, password: samplePassword }, origin);
    await expect(late).rejects.toMatchObject(refused);
    expect(await livingSessions()).toHaveLength(1);
    expect((await logIn(email, newPassword)).user.id).toBe(id);
  });

  it('the user was disabled comes in no more', async () => {
    const { id, email } = await insertUser(api.db);
    const verify = thenOnce(passwords.verify, () =>
      createUsersRepository(api.db).update(id, { disabled: true }),
    );
    const late = serviceWith({ verify }).logIn({ email, password: samplePassword }, origin);
    await expect(late).rejects.toMatchObject(refused);
    expect(await livingSessions()).toEqual([]);
  });

  it('another one renewed the hash comes in all the same', async () => {
    const password_hash = await hash(samplePassword, { memoryCost: 8192 });
    const { id, email } = await insertUser(api.db, { password_hash });
    const renew = thenOnce(passwords.hash, () => logIn(email));
    const late = serviceWith({ hash: renew }).logIn({ email, password: samplePassword }, origin);
    expect((await late).user.id).toBe(id);
    expect(await livingSessions()).toHaveLength(2);
  });

  it('or while the password changes never outlives the change', async () => {
    const { id, email } = await insertUser(api.db);
    const logins = Array.from({ length: 12 }, () => logIn(email).catch(() => undefined));
    expect(await changePassword(id)).toBe(204);
    for (const opened of await Promise.all(logins)) {
      if (!opened) continue;
      expect(await api.auth.sessions.refresh(opened.refreshToken)).toEqual({ outcome: 'refused' });
    }
    await expect(logIn(email)).rejects.toMatchObject(refused);
    expect(await livingSessions()).toHaveLength(1);
  });
});

describe('when the sessions cannot be ended', () => {
  const name = sql.id('auth_sessions_never_end');

  beforeEach(async () => {
    await sql`alter table auth_sessions add constraint ${name} check (revoked_at is null)`.execute(
      api.db,
    );
    return () => sql`alter table auth_sessions drop constraint ${name}`.execute(api.db);
  });

  it('the password stays as it was', async () => {
    const { id, email } = await insertUser(api.db);
    await logIn(email);
    expect(await changePassword(id)).toBeGreaterThanOrEqual(400);
    expect((await logIn(email)).user.id).toBe(id);
    await expect(logIn(email, newPassword)).rejects.toMatchObject(refused);
  });

  it.each([
    ['an administrator', (id: string) => api.patch(`/api/users/${id}`, { disabled: true })],
    [
      'the command',
      (_id: string, email: string) =>
        runUserCommand(['disable', '--email', email], { db: api.db, readPassword: async () => '' }),
    ],
  ])('%s disables nobody', async (_by, disableUser) => {
    const { id, email } = await insertUser(api.db);
    await logIn(email);
    await api.signIn('admin');
    await Promise.allSettled([disableUser(id, email)]);
    expect((await logIn(email)).user.id).toBe(id);
  });
});
