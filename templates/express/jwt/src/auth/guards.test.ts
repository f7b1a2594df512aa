import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import express, { type Response } from 'express';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Api, startApi } from '../../test/api.ts';
import { collectLog } from '../../test/log.ts';
import { badTokens, forgeToken } from '../../test/tokens.ts';
import { handleErrors } from '../http/error-handler.ts';
import { insertUser } from '../modules/users/users.fixtures.ts';
import { callerOf, optionalCallerOf } from './guards.ts';
import { ownRowsUnless } from './ownership.ts';

const log = collectLog();
let api: Api;

beforeAll(async () => {
  api = await startApi({}, { logger: log.logger });
});
beforeEach(() => api.reset());
afterAll(() => api.close());

const withToken = (method: string, path: string, authorization?: string) =>
  api.send(method, path, { headers: authorization ? { Authorization: authorization } : {} });

const protectedRoutes = [
  ['GET', '/api/me'],
  ['PATCH', '/api/me/password'],
  ['GET', '/api/me/sessions'],
  ['DELETE', `/api/me/sessions/${randomUUID()}`],
  ['POST', '/api/auth/logout'],
  ['POST', '/api/auth/logout-all'],
  ['GET', '/api/users'],
  ['GET', `/api/users/${randomUUID()}`],
  ['PATCH', `/api/users/${randomUUID()}`],
] as const;

describe.each(await badTokens())('with %s', (_case, authorization) => {
  it.each(protectedRoutes)('%s %s answers 401', async (method, path) => {
    const { status, headers, body } = await withToken(method, path, authorization);
    expect(status).toBe(401);
    expect(body.error.code).toBe('UNAUTHENTICATED');
    expect(headers.get('www-authenticate')).toBe(
      authorization ? 'Bearer error="invalid_token"' : 'Bearer',
    );
  });
});

describe('a token', () => {
  it('of another scheme, or more than one, is refused', async () => {
    const { token } = await api.signIn();
    for (const authorization of [token, `Basic ${token}`, `Bearer ${token} ${token}`, 'Bearer ']) {
      expect((await withToken('GET', '/api/me', authorization)).status).toBe(401);
    }
    expect((await withToken('GET', '/api/me', `bearer ${token}`)).status).toBe(200);
  });

  it('of a session that never was is refused, however well it is signed', async () => {
    const authorization = `Bearer ${await forgeToken()}`;
    expect((await withToken('GET', '/api/me', authorization)).status).toBe(401);
  });

  it('of one user with the session of another is refused', async () => {
    const { sub, sid } = claimsOf((await api.signIn()).token);
    const other = await insertUser(api.db);
    expect(
      (await withToken('GET', '/api/me', `Bearer ${await forgeToken({ sub, sid })}`)).status,
    ).toBe(200);
    const mixed = await forgeToken({ sub: other.id, sid });
    expect((await withToken('GET', '/api/me', `Bearer ${mixed}`)).status).toBe(401);
  });

  it('says a role, and the database says which one counts', async () => {
    const { sub, sid } = claimsOf((await api.signIn('user')).token);
    const token = await forgeToken({ sub, sid, role: 'admin' });
    expect((await withToken('GET', '/api/users', `Bearer ${token}`)).status).toBe(403);
  });

  it('is logged when it is bad, and not when it has only expired', async () => {
    const before = log.events().length;
    await withToken('GET', '/api/me', 'Bearer garbage');
    await withToken('GET', '/api/me', `Bearer ${await forgeToken({ exp: 1 })}`);
    expect(log.events().slice(before)).toEqual(['access_refused']);
  });

  it('puts the user into the line of the request', async () => {
    const { id } = await api.signIn();
    await api.get('/api/me');
    await expect.poll(() => log.entries().at(-1)).toMatchObject({ userId: id, status: 200 });
  });
});

describe.each([
  ['ends', (id: string) => end(id)],
  ['belongs to a user who is disabled', (id: string) => disable(id)],
])('when the session %s', (_case, stop) => {
  it('the next write is refused, though the token was taken before', async () => {
    const { id } = await api.signIn();
    expect((await api.get('/api/me')).status).toBe(200);
    await stop(id);
    expect((await api.send('POST', '/api/auth/logout')).status).toBe(401);
    expect(log.entries()).toContainEqual(
      expect.objectContaining({ security: 'access_refused', reason: 'revoked', userId: id }),
    );
    // From then on this process knows.
    expect((await api.get('/api/me')).status).toBe(401);
  });

  it('reads go on until the token expires, without a query', async () => {
    const { id, token } = await api.signIn();
    await api.get('/api/me/sessions');
    await stop(id);
    expect((await withToken('GET', '/api/me/sessions', `Bearer ${token}`)).status).toBe(200);
  });
});

describe('the role', () => {
  it.each([
    ['user', 403],
    ['moderator', 403],
    ['admin', 200],
  ] as const)('%s gets %i where admin is needed', async (role, status) => {
    await api.signIn(role);
    const before = log.events().length;
    const answer = await api.get('/api/users');
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.body.error.code).toBe('FORBIDDEN');
    expect(log.events().slice(before)).toEqual(status === 403 ? ['access_refused'] : []);
  });
});

describe('a route with optionalUser', () => {
  const ask = async (authorization?: string) => {
    const app = express().get('/', api.auth.optionalUser, (_req, res) => {
      res.send(optionalCallerOf(res)?.role ?? 'nobody');
    });
    app.use(handleErrors(log.logger));
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const headers = new Headers(authorization ? { Authorization: authorization } : {});
    const response = await fetch(`http://127.0.0.1:${port}/`, { headers });
    const answer = [response.status, await response.text()] as const;
    server.close();
    return answer;
  };

  it('knows who asks, and lets in who does not say', async () => {
    const { token } = await api.signIn('moderator');
    expect(await ask(`Bearer ${token}`)).toEqual([200, 'moderator']);
    expect(await ask()).toEqual([200, 'nobody']);
  });

  it('refuses a bad token, so that the client gets another', async () => {
    for (const [, authorization] of await badTokens()) {
      if (authorization) expect((await ask(authorization))[0]).toBe(401);
    }
  });
});

describe('a route without a guard', () => {
  it('cannot ask who the caller is', () => {
    const res = { locals: {} } as Response;
    expect(() => callerOf(res)).toThrow('requireUser');
  });
});

describe('the documentation', () => {
  it('says which operations need a token, and of whom', async () => {
    const { paths, components } = (await api.get('/openapi.json')).body;
    expect(components.securitySchemes.bearer).toMatchObject({ type: 'http', scheme: 'bearer' });
    for (const [method, path] of protectedRoutes) {
      const template = path.replace(/^\/api/, '').replace(/[0-9a-f-]{36}$/, '{id}');
      const { security, responses } = paths[template][method.toLowerCase()];
      const roles = template.startsWith('/users') ? ['admin'] : [];
      expect(security).toEqual([{ bearer: roles }]);
      expect(responses).toHaveProperty('401');
      if (roles.length > 0) expect(responses).toHaveProperty('403');
    }
    expect(paths['/auth/login'].post.security).toBeUndefined();
  });
});

describe('ownRowsUnless', () => {
  const caller = { id: randomUUID(), role: 'moderator' as const, sessionId: randomUUID() };

  it('is the caller, unless the role may go beyond', () => {
    expect(ownRowsUnless(caller)).toBe(caller.id);
    expect(ownRowsUnless(caller, 'admin')).toBe(caller.id);
    expect(ownRowsUnless(caller, 'moderator', 'admin')).toBeUndefined();
  });
});

async function end(userId: string): Promise<void> {
  await api.db
    .updateTable('auth_sessions')
    .set({ revoked_at: new Date().toISOString() })
    .where('user_id', '=', userId)
    .execute();
}

async function disable(id: string): Promise<void> {
  const disabled_at = new Date().toISOString();
  await api.db.updateTable('users').set({ disabled_at }).where('id', '=', id).execute();
}

function claimsOf(token: string): { sub: string; sid: string } {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}
