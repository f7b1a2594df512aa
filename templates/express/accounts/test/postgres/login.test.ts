import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createAuthService } from '../../src/auth/auth.service.ts';
import { endSessions } from '../../src/auth/sessions.ts';
import { insertUser, samplePassword } from '../../src/modules/users/users.fixtures.ts';
import { type Api, startApi } from '../api.ts';
import { quickPasswords } from '../passwords.ts';

let api: Api;

beforeAll(async () => {
  api = await startApi();
});
beforeEach(() => api.reset());
afterAll(() => api.close());

it.each([
  ['the password', async () => ({ password_hash: await quickPasswords.hash('close the blue door') })],
  ['who may come in', async () => ({ disabled_at: new Date().toISOString() })],
])('a login waits for a change of %s that is under way', async (_what, makeChange) => {
  const change = await makeChange();
  const { id, email } = await insertUser(api.db);
  const service = createAuthService(api.db, api.auth.sessions, quickPasswords);
  const origin = { userAgent: undefined, log: pino({ level: 'silent' }) };
  const late = await api.db.transaction().execute(async (trx) => {
    await trx.updateTable('users').set(change).where('id', '=', id).execute();
    await endSessions(trx, id);
    const login = service.logIn({ email, password: samplePassword }, origin);
    const settled = Promise.allSettled([login]);
    // Long enough for the comparison: the login is at its session now.
    await sleep(500);
    return { settled };
  });
  expect(await late.settled).toMatchObject([{ status: 'rejected', reason: { status: 401 } }]);
});
