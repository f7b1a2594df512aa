import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../manifest/json.ts';
import type { Resource } from '../stacks/resource.ts';
import { logIn, newAccount, type Registry, register, type SignedIn } from './callers.ts';
import type { Caller, Request } from './client.ts';
import { expectEqual, expectRefusal, expectStatus, headerOf, rowOf } from './expect.ts';
import { BrokenPromise, type Check, Unproved } from './promise.ts';
import type { Values, World } from './world.ts';

/** Accounts are made, signed into and protected as the contract says. */
export function accountChecks(users: Resource, world: World, registry: Registry): Check[] {
  const { callers } = world;
  const { client, profile, isConfirmed } = registry;
  const about = 'accounts';
  const checks: Check[] = [];
  const add = (promise: string, prove: () => Promise<void>) =>
    checks.push({ about, promise, prove });
  const { default: usual } = users.roles;

  /** A new user with their password. */
  async function newUser() {
    const credentials = newAccount();
    const signedIn = await register(registry, credentials);
    return { credentials, signedIn, as: callerOf(signedIn) };
  }

  add('a new user signs in, and has the role of new users', async () => {
    const { credentials, as } = await newUser();
    const { user } = await logIn(client, credentials);
    const answer = expectStatus(await client.send('GET', '/me', { as }), 200);
    expectEqual(answer, 'the role', rowOf(answer).role, usual);
    expectEqual(answer, 'the id', rowOf(answer).id, user.id);
    const told = Object.keys(rowOf(answer)).filter((name) => /password|hash/i.test(name));
    expectEqual(answer, 'fields of a password', told, []);
  });
  if (isConfirmed) {
    add('a registration is answered the same whether there is a user or not', async () => {
      const { credentials } = await newUser();
      const send = async ({ email }: typeof credentials) => {
        const data = { ...profile, email, password: newAccount().password };
        return expectStatus(await client.send('POST', '/auth/register', { data }), 202);
      };
      const [known, unknown] = [await send(credentials), await send(newAccount())];
      const keysOf = ({ data }: typeof known) => (isObject(data) ? Object.keys(data) : []);
      expectEqual(unknown, 'the fields', keysOf(unknown), keysOf(known));
    });
  }
  add('nobody gives themselves a role', async () => {
    const data = { ...profile, ...newAccount(), role: users.roles.admin };
    expectRefusal(await client.send('POST', '/auth/register', { data }), 'role');
    const { as } = await newUser();
    for (const path of ['/me', `/users/${as.id}`]) {
      const answer = await client.send('PATCH', path, { as, data: { role: users.roles.admin } });
      if (answer.status < 400)
        throw new BrokenPromise(answer.request, String(answer.status), 'a refusal');
    }
    const after = await client.send('GET', '/me', { as });
    expectEqual(after, 'the role', rowOf(after).role, usual);
  });
  add('a wrong password and an unknown address are 401, with the same words', async () => {
    const { credentials } = await newUser();
    const login = (data: Values) => client.send('POST', '/auth/login', { data });
    const wrong = expectStatus(
      await login({ ...credentials, password: newAccount().password }),
      401,
    );
    const unknown = expectStatus(await login(newAccount()), 401);
    expectEqual(unknown, 'the message', unknown.error?.message, wrong.error?.message);
  });
  add('weak passwords and malformed addresses are refused, without their values', async () => {
    for (const [name, value] of [
      ['password', 'password123'],
      ['email', 'x'],
    ] as const) {
      const data = { ...profile, ...newAccount(), [name]: value };
      const answer = await client.send('POST', '/auth/register', { data });
      expectRefusal(answer, name);
      if (name === 'password' && answer.text.includes(value)) {
        throw new BrokenPromise(answer.request, 'the password in the answer', 'no value');
      }
    }
  });
  add('a refresh token gives the next one', async () => {
    const { signedIn } = await newUser();
    const data = { refreshToken: signedIn.refreshToken };
    const answer = expectStatus(await client.send('POST', '/auth/refresh', { data }), 200);
    const next = answer.data;
    const token =
      typeof next === 'object' && next !== null && 'accessToken' in next
        ? next.accessToken
        : undefined;
    if (typeof token !== 'string') throw new BrokenPromise(answer.request, 'no accessToken', 'one');
    const as: Caller = { name: 'the next token', role: usual, token };
    expectStatus(await client.send('GET', '/me', { as }), 200);
    const made = { data: { refreshToken: 'x'.repeat(43) } };
    expectStatus(await client.send('POST', '/auth/refresh', made), 401);
  });
  add('after signing out neither token works', async () => {
    const { signedIn, as } = await newUser();
    expectStatus(await client.send('POST', '/auth/logout', { as }), 204);
    expectStatus(await client.send('GET', '/me', { as }), 401);
    const data = { refreshToken: signedIn.refreshToken };
    expectStatus(await client.send('POST', '/auth/refresh', { data }), 401);
  });
  add('answers about accounts are stored by no cache', async () => {
    const { as } = await newUser();
    const answer = await client.send('GET', '/me', { as });
    const control = headerOf(answer, 'cache-control');
    if (!control.includes('no-store')) {
      throw new BrokenPromise(answer.request, `Cache-Control: ${control}`, 'no-store');
    }
  });
  add('/me needs a token', async () => {
    const answer = expectStatus(await client.send('GET', '/me'), 401);
    headerOf(answer, 'www-authenticate');
  });
  if (users.operations.has('get')) {
    add('another user is 404 to a user', async () => {
      const [one, other] = [await newUser(), await newUser()];
      expectStatus(await client.send('GET', `/users/${other.as.id}`, { as: one.as }), 404);
      const own = expectStatus(
        await client.send('GET', `/users/${one.as.id}`, { as: one.as }),
        200,
      );
      const me = await client.send('GET', '/me', { as: one.as });
      if (!isDeepStrictEqual(own.data, me.data)) {
        throw new BrokenPromise(own.request, 'another answer than /me', 'the same user');
      }
    });
  }
  if (users.operations.has('list')) {
    add('the list of users is for those who may read all of them', async () => {
      const { as } = await newUser();
      expectStatus(await client.send('GET', '/users', { as }), 403);
      expectStatus(await client.send('GET', '/users'), 401);
      if (!callers.admin) throw new Unproved(callers.missing ?? 'nobody at hand administers');
      expectStatus(await client.send('GET', '/users', { as: callers.admin }), 200);
    });
  }
  if (users.operations.has('update')) {
    add('a user who is disabled is signed out at once', async () => {
      const { admin } = callers;
      if (!admin) throw new Unproved(callers.missing ?? 'nobody at hand administers');
      const { as, credentials } = await newUser();
      const change = { as: admin, data: { disabled: true } };
      world.cleanup.add(`/users/${as.id}`, async () => {
        return (await client.send('DELETE', `/users/${as.id}`, { as: admin })).status;
      });
      expectStatus(await client.send('PATCH', `/users/${as.id}`, change), 200);
      expectStatus(await client.send('GET', '/me', { as }), 401);
      expectStatus(await client.send('POST', '/auth/login', { data: credentials }), 401, 403);
    });
  }
  if (users.operations.has('delete')) {
    add('users delete themselves only with their password', async () => {
      const { as, credentials } = await newUser();
      const remove = (password: string) =>
        client.send('DELETE', `/users/${as.id}`, { as, data: { password } });
      const wrong = await remove(newAccount().password);
      if (wrong.status < 400)
        throw new BrokenPromise(wrong.request, String(wrong.status), 'a refusal');
      expectStatus(await remove(credentials.password), 204);
      expectStatus(await client.send('GET', '/me', { as }), 401);
    });
    add('who deletes others sends no body, or one that is well-formed', async () => {
      const { admin } = callers;
      if (!admin) throw new Unproved(callers.missing ?? 'nobody at hand administers');
      const { as } = await newUser();
      const remove = (request: Request) =>
        client.send('DELETE', `/users/${as.id}`, { as: admin, ...request });
      expectRefusal(await remove({ data: {} }), 'password');
      expectStatus(await remove({ data: null }), 400);
      expectStatus(await remove({}), 204);
    });
  }
  return checks;
}

const callerOf = ({ accessToken, user }: SignedIn): Caller & { id: string } => ({
  name: 'a new user',
  role: user.role,
  id: user.id,
  token: accessToken,
});
