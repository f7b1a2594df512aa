import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Env } from '../run.ts';
import { type Server, startServer } from '../servers.ts';
import { type Account, type Client, createClient, newPassword, readTokens } from './client.ts';
import { runUser } from './project.ts';

/** What a stranger can do over HTTP, and what not. */
export function strangersStory(project: () => string, env: () => Env): void {
  let server: Server | undefined;
  let client: Client;
  let ada: Account;
  let bob: Account;
  const start = async () => {
    server = await startServer(project(), { ...env(), AUTH_RATE_LIMIT: '100/minute' }, 'npm start');
    client = createClient(server.url);
  };
  /** The security events of the log so far that are about somebody. */
  const eventsOf = ({ user }: Account) =>
    server
      ?.log()
      .flatMap(({ security, userId }) => (security && userId === user.id ? security : []));

  beforeAll(async () => {
    await start();
    ada = await client.register();
    bob = await client.register();
  });
  afterAll(() => server?.stop());

  it('registers users and logs them in, whatever the case of the address', async () => {
    expect(ada.user.role).toBe('user');
    const again = await client.logIn({ ...ada, email: ada.email.toUpperCase() });
    const me = await client.send('GET', '/me', { token: again.accessToken });
    expect(me).toMatchObject({ status: 200, data: { id: ada.user.id, email: ada.email } });
    expect((await client.send('GET', '/me')).status).toBe(401);
  });

  it('says nothing of which users there are when a password is wrong', async () => {
    const wrong = { email: ada.email, password: newPassword() };
    const unknown = { email: 'nobody@example.com', password: newPassword() };
    for (const data of [wrong, unknown]) {
      const answer = await client.send('POST', '/auth/login', { data });
      expect(answer).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    }
    expect(eventsOf(ada)).toContain('login_failed');
  });

  it('lets a row that everybody may read be changed by its owner alone', async () => {
    const id = await client.create('/articles', ada.accessToken, { title: 'Mine' });
    const path = `/articles/${id}`;
    const change = (token: string) =>
      client.send('PATCH', path, { token, data: { title: 'Changed' } });
    expect((await client.send('GET', path)).status).toBe(200);
    expect((await change(bob.accessToken)).status).toBe(403);
    expect((await client.send('PATCH', path, { data: { title: 'x' } })).status).toBe(401);
    expect(await change(ada.accessToken)).toMatchObject({
      status: 200,
      data: { title: 'Changed' },
    });
    expect((await client.send('DELETE', path, { token: ada.accessToken })).status).toBe(403);
    expect(eventsOf(bob)).toContain('access_refused');
  });

  it('does not show a row of somebody else, and does not say that it is there', async () => {
    const { accessToken: token } = ada;
    const id = await client.create('/notes', token, { text: 'Private' });
    const path = `/notes/${id}`;
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      const data = method === 'PATCH' ? { data: { text: 'x' } } : {};
      const foreign = await client.send(method, path, { token: bob.accessToken, ...data });
      expect(foreign).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    }
    expect(await client.idsOf('/notes', bob.accessToken)).not.toContain(id);
    expect(await client.idsOf('/notes', token)).toContain(id);
    expect((await client.send('DELETE', path, { token })).status).toBe(204);
  });

  it('does not say which users there are, and lets nobody write in the name of another', async () => {
    const { accessToken: token } = ada;
    const letterTo = (recipientId: string, more = {}) =>
      client.send('POST', '/letters', { token, data: { text: 'Dear', recipientId, ...more } });
    const [bobs, nobodys] = [await letterTo(bob.user.id), await letterTo(randomUUID())];
    expect(bobs).toMatchObject({ status: 422, code: 'VALIDATION_ERROR' });
    expect(JSON.parse(bobs.text).error).toEqual(JSON.parse(nobodys.text).error);
    const own = await letterTo(ada.user.id);
    expect(own).toMatchObject({ status: 201, data: { senderId: ada.user.id } });
    expect((await letterTo(ada.user.id, { senderId: bob.user.id })).status).toBe(422);
    for (const id of [bob.user.id, randomUUID()]) {
      const answer = await client.send('GET', `/users/${id}`, { token });
      expect(answer).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    }
    const me = await client.send('GET', `/users/${ada.user.id}`, { token });
    expect(me).toMatchObject({ status: 200, data: { id: ada.user.id } });
  });

  it('answers a refresh token again at once, and ends the session when an older one comes', async () => {
    const session = await client.register();
    const refresh = (refreshToken: string) =>
      client.send('POST', '/auth/refresh', { data: { refreshToken } });
    const first = await refresh(session.refreshToken);
    expect(first.status).toBe(200);
    const next = readTokens(first.data);
    expect(next.refreshToken).not.toBe(session.refreshToken);
    expect((await client.send('GET', '/me', { token: next.accessToken })).status).toBe(200);

    const again = await Promise.all(Array.from({ length: 5 }, () => refresh(session.refreshToken)));
    for (const { status, data } of again) {
      expect(status).toBe(200);
      expect(readTokens(data).refreshToken).toBe(next.refreshToken);
    }
    const last = readTokens((await refresh(next.refreshToken)).data);

    expect((await refresh(session.refreshToken)).status).toBe(401);
    expect((await refresh(last.refreshToken)).status).toBe(401);
    for (const { accessToken: token } of [session, next, last]) {
      const data = { text: 'x' };
      expect((await client.send('POST', '/notes', { token, data })).status).toBe(401);
    }
    expect(eventsOf(session)).toContain('token_reuse');
  });

  it('ends a session with logout, and no other one', async () => {
    const other = await client.logIn(bob);
    const { accessToken: token, refreshToken } = other;
    expect((await client.send('POST', '/auth/logout', { token })).status).toBe(204);
    expect((await client.send('GET', '/me', { token })).status).toBe(401);
    const refreshed = await client.send('POST', '/auth/refresh', { data: { refreshToken } });
    expect(refreshed.status).toBe(401);
    expect((await client.send('GET', '/me', { token: bob.accessToken })).status).toBe(200);
  });

  it('knows the administrator that the command line made, and the moderator that he made', async () => {
    await server?.stop();
    const root = { email: 'root@example.com', password: newPassword() };
    const made = await runUser(
      project(),
      `create --email ${root.email} --role admin`,
      root.password,
      env(),
    );
    expect(made).toBe(`Created ${root.email} with the role admin`);
    await start();

    const [admin, moderator] = [await client.logIn(root), await client.register()];
    const promoted = await client.send('PATCH', `/users/${moderator.user.id}`, {
      token: admin.accessToken,
      data: { role: 'moderator' },
    });
    expect(promoted).toMatchObject({ status: 200, data: { role: 'moderator' } });
    const article = await client.create('/articles', ada.accessToken, { title: 'To go' });
    const note = await client.create('/notes', ada.accessToken, { text: 'Seen' });
    const notice = { title: 'Maintenance', severity: 'low' };
    const tries: [who: Account, method: string, path: string, status: number, data?: object][] = [
      [ada, 'POST', '/notices', 403, notice],
      [moderator, 'POST', '/notices', 201, notice],
      [moderator, 'GET', `/notes/${note}`, 200],
      [moderator, 'DELETE', `/articles/${article}`, 403],
      [admin, 'DELETE', `/articles/${article}`, 204],
      [ada, 'GET', `/articles/${article}`, 404],
      [ada, 'GET', '/users', 403],
      [moderator, 'GET', `/users/${ada.user.id}`, 200],
      [moderator, 'POST', '/letters', 201, { text: 'Dear', recipientId: ada.user.id }],
      [moderator, 'POST', '/letters', 422, { text: 'Dear', recipientId: randomUUID() }],
      [admin, 'GET', '/users', 200],
    ];
    for (const [{ accessToken: token }, method, path, status, data] of tries) {
      const answer = await client.send(method, path, { token, ...(data && { data }) });
      expect(`${method} ${path}: ${answer.status}`).toBe(`${method} ${path}: ${status}`);
    }
  });

  it('holds the endpoint with a limit of its own to it', async () => {
    const answers = [];
    for (let count = 0; count < 21; count += 1) {
      answers.push(await client.send('GET', '/notices', { token: bob.accessToken }));
    }
    const [first] = answers;
    const last = answers.at(-1);
    expect(first?.headers.get('ratelimit-limit')).toBe('20');
    expect(last).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await client.send('GET', '/articles')).status).toBe(200);
  });
}
