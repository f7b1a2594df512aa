import type { Action } from '../manifest/access.ts';
import { wordsOf } from '../manifest/access.ts';
import type { Access } from '../manifest/who.ts';
import type { Resource } from '../stacks/resource.ts';
import type { Answer } from './answer.ts';
import { allCallers } from './callers.ts';
import type { Caller } from './client.ts';
import { expectStatus, headerOf, rowsOf } from './expect.ts';
import { BrokenPromise, type Check, Unproved } from './promise.ts';
import type { World } from './world.ts';

type Operation = 'list' | 'get' | 'create' | 'replace' | 'update' | 'delete';

const actionOf: Readonly<Record<Operation, Action>> = {
  list: 'read',
  get: 'read',
  create: 'create',
  replace: 'update',
  update: 'update',
  delete: 'delete',
};

const verbOf = {
  list: 'GET',
  get: 'GET',
  create: 'POST',
  replace: 'PUT',
  update: 'PATCH',
  delete: 'DELETE',
} as const;

/** Tokens that no service takes. */
const badTokens: readonly string[] = [
  'Bearer',
  'Bearer x',
  'Bearer a.b.c',
  'Basic YTpi',
  unsigned(),
];

/** A token without a signature (RFC 7519, 6). */
function unsigned(): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `Bearer ${part({ alg: 'none' })}.${part({ sub: 'x', exp: 4_000_000_000 })}.`;
}

/** Everybody may do what the manifest says, and nothing else. */
export function accessChecks(resource: Resource, world: World): Check[] {
  const { names, operations, access, isAccounts } = resource;
  // A user is made with a password, and others see no account: they have checks of their own.
  if (access === undefined || isAccounts) return [];
  const { callers, client } = world;
  const about = names.plural;
  const url = `/${names.path}`;

  /** Sends the request of an operation to a row that somebody else made. */
  async function send(operation: Operation, as: Caller, id: string, headers = {}): Promise<Answer> {
    const needsBody = operation === 'create' || operation === 'replace';
    const maker = callers.admin ?? as;
    const data = needsBody ? await bodyFor(as, maker) : operation === 'update' ? {} : undefined;
    const path = operation === 'list' || operation === 'create' ? url : `${url}/${id}`;
    return client.send(verbOf[operation], path, { as, ...(data && { data }), headers });
  }

  /** A body that its writer may send; of somebody who may not write, anybody's. */
  async function bodyFor(as: Caller, maker: Caller) {
    try {
      return await world.bodyOf(resource, as);
    } catch {
      return world.bodyOf(resource, maker);
    }
  }

  async function anyRow(): Promise<string> {
    if (!operations.has('create')) throw new Unproved(`no row of ${names.plural} can be made`);
    return (await world.create(resource, world.whoMay(resource, 'create'))).id;
  }

  const checks: Check[] = [];
  for (const operation of operations) {
    const who = access[actionOf[operation]];
    const verb = verbOf[operation];
    const what = operation === 'list' ? 'GET of the list' : verb;
    if (!wordsOf(who.level).includes('public')) {
      checks.push({
        about,
        promise: `${what} needs a token that this service signed`,
        prove: async () => {
          const id = operation === 'list' || operation === 'create' ? '' : await anyRow();
          for (const value of [undefined, ...badTokens]) {
            const headers = value === undefined ? {} : { Authorization: value };
            const nobody: Caller = { name: value ?? 'anybody', role: undefined };
            const answer = expectStatus(await send(operation, nobody, id, headers), 401);
            const challenge = headerOf(answer, 'www-authenticate');
            if (!challenge.startsWith('Bearer')) {
              throw new BrokenPromise(answer.request, `WWW-Authenticate: ${challenge}`, 'Bearer');
            }
          }
        },
      });
    }
    for (const role of resource.roles.names) {
      const caller = allCallers(callers).find((each) => each.role === role);
      checks.push({
        about,
        promise: `${what} as ${role} answers as \`${actionOf[operation]}=${who.level}\` says`,
        prove: async () => {
          if (!caller) throw new Unproved(callers.missing ?? `nobody at hand is ${role}`);
          const id = await anyRow();
          // Rows of the caller itself are theirs whatever the rule.
          if (callers.admin === undefined && who.isOwner) throw new Unproved(callers.missing ?? '');
          const answer = await send(operation, caller, id);
          const expected = expectedStatus(access, operation, role, caller === callers.admin);
          expectStatus(answer, expected);
          if (operation === 'create' && answer.status === 201) rememberRow(answer, caller);
          if (operation === 'list' && answer.status === 200) expectSeen(answer, id, role);
        },
      });
    }
  }
  return checks;

  function rememberRow({ data }: Answer, as: Caller): void {
    if (typeof data === 'object' && data !== null && 'id' in data && typeof data.id === 'string') {
      world.remember(resource, as, { ...data, id: data.id });
    }
  }

  /** A list has the rows of others for those only who may read them. */
  function expectSeen(answer: Answer, id: string, role: string): void {
    const isThere = rowsOf(answer).some((row) => row.id === id);
    const may = access?.read.roles.includes(role) === true;
    if (isThere === may) return;
    const found = isThere ? 'a row that is not theirs to read' : 'no row that was just made';
    throw new BrokenPromise(answer.request, found, `what \`read=${access?.read.level}\` says`);
  }
}

/** What a caller gets who asks for the row of somebody else. */
function expectedStatus(
  access: Access,
  operation: Operation,
  role: string,
  isMaker: boolean,
): number {
  const who = access[actionOf[operation]];
  const done = { list: 200, get: 200, create: 201, replace: 200, update: 200, delete: 204 };
  if (who.roles.includes(role) || (isMaker && who.isOwner)) return done[operation];
  if (!who.enters.includes(role)) return 403;
  if (operation === 'list') return 200;
  // The row is not theirs: they learn of it only where they may read it.
  return access.read.roles.includes(role) && operation !== 'get' ? 403 : 404;
}
