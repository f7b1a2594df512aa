import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Resource } from '../stacks/resource.ts';
import type { Cleanup } from './cleanup.ts';
import { type Caller, type Client, stranger } from './client.ts';
import { expectStatus } from './expect.ts';
import { BrokenPromise, Unproved } from './promise.ts';

/** Those for whom requests can be sent. */
export type Callers = {
  /** Undefined without a token of somebody who administers. */
  admin: Caller | undefined;
  /** One of each other role, as far as there are any. */
  others: Caller[];
  /** Why some are missing. */
  missing: string | undefined;
};

const signedIn = z.looseObject({
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1),
  expiresIn: z.int().min(1),
  user: z.looseObject({ id: z.string(), role: z.string() }),
});
export type SignedIn = z.output<typeof signedIn>;

const account = z.looseObject({ id: z.string(), role: z.string() });

/** Random, so that no policy of passwords refuses them. */
export const newAccount = () => ({
  email: `check-${randomUUID()}@example.com`,
  password: randomBytes(18).toString('base64url'),
});

type Credentials = ReturnType<typeof newAccount>;

/**
 * How users are made: `profile` has the values of the required fields. Where a registration is
 * confirmed by mail, `admin` makes them instead.
 */
export type Registry = {
  client: Client;
  cleanup: Cleanup;
  profile: Record<string, unknown>;
  isConfirmed: boolean;
  admin?: Caller | undefined;
};

const byMail =
  'a new user confirms their address by mail; a token of somebody who administers makes users';

/** Makes a user who is signed in, and goes when all is done. Throws Unproved where none can be made. */
export async function register(
  { client, cleanup, profile, isConfirmed, admin }: Registry,
  credentials: Credentials,
): Promise<SignedIn> {
  const data = { ...profile, ...credentials };
  if (isConfirmed && !admin) throw new Unproved(byMail);
  const made = admin && isConfirmed;
  const answer = made
    ? await client.send('POST', '/users', { as: admin, data })
    : await client.send('POST', '/auth/register', { data });
  expectStatus(answer, 201);
  const signedIn = made ? await logIn(client, credentials) : readSignedIn(answer);
  const path = `/users/${signedIn.user.id}`;
  cleanup.add(path, async () => {
    const login = await client.send('POST', '/auth/login', { data: credentials });
    // They are gone already, or disabled by somebody who administers, who made a note of them.
    if (login.status !== 200) return 404;
    const as = { name: 'themselves', role: undefined, token: readSignedIn(login).accessToken };
    const { password } = credentials;
    return (await client.send('DELETE', path, { as, data: { password } })).status;
  });
  return signedIn;
}

export async function logIn(client: Client, data: Credentials): Promise<SignedIn> {
  return readSignedIn(expectStatus(await client.send('POST', '/auth/login', { data }), 200));
}

function readSignedIn({ request, data }: { request: string; data: unknown }): SignedIn {
  const read = signedIn.safeParse(data);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const found = `data.${issue?.path.join('.')}: ${issue?.message}`;
  throw new BrokenPromise(request, found, 'accessToken, refreshToken, expiresIn and user');
}

/** Finds out who the token is of, and makes a user of every other role. */
export async function findCallers(
  users: Resource | undefined,
  registry: Registry,
  token: string | undefined,
): Promise<Callers> {
  if (users === undefined) return { admin: undefined, others: [], missing: undefined };
  const { client, cleanup, profile } = registry;
  const { names, admin: administers } = users.roles;
  const own = token === undefined ? undefined : await callerBehind(client, token);
  const admin = own?.role === administers ? own : undefined;
  if (!admin) {
    const missing = own
      ? `the token is of a user with the role ${own.role}, not ${administers}`
      : `there is no token of a user with the role ${administers}`;
    return { admin, others: await registered(registry), missing };
  }
  if (!users.operations.has('create')) {
    const missing = 'no user of another role can be made: users have no `create`';
    return { admin, others: await registered(registry), missing };
  }
  const others: Caller[] = [];
  for (const role of names.filter((name) => name !== administers)) {
    const credentials = newAccount();
    const data = { ...profile, ...credentials, role };
    const made = expectStatus(await client.send('POST', '/users', { as: admin, data }), 201);
    const { id } = account.parse(made.data);
    const path = `/users/${id}`;
    cleanup.add(path, async () => (await client.send('DELETE', path, { as: admin })).status);
    const { accessToken } = await logIn(client, credentials);
    others.push({ name: role, role, id, token: accessToken });
  }
  return { admin, others, missing: undefined };
}

async function registered(registry: Registry): Promise<Caller[]> {
  if (registry.isConfirmed) return [];
  const { accessToken, user } = await register(registry, newAccount());
  return [{ name: user.role, role: user.role, id: user.id, token: accessToken }];
}

async function callerBehind(client: Client, token: string): Promise<Caller> {
  const as: Caller = { name: 'the token', role: undefined, token };
  const answer = expectStatus(await client.send('GET', '/me', { as }), 200);
  const { id, role } = account.parse(answer.data);
  return { name: role, role, id, token };
}

/** All that there are, with anybody. */
export const allCallers = ({ admin, others }: Callers): Caller[] => [
  stranger,
  ...others,
  ...(admin ? [admin] : []),
];
