import type * as z from 'zod';
import { closest, didYouMean } from './closest.ts';
import type { Problem } from './errors.ts';
import type { Schemas } from './type-row.ts';

const nameExpected =
  'Expected a name of small letters, such as `editor`, of 20 characters at most.';
const listExpected = 'Expected a list of roles.';

/** The column of a user holds 20 characters. */
const namePattern = /^[a-z][a-z0-9_-]{0,19}$/;

export const roleKeys = ['names', 'default', 'admin', 'readsAll'] as const;

/** The roles that users have, and what three kinds of them are for. */
export function rolesSchema(z: Schemas) {
  const name = z.string({ error: nameExpected }).regex(namePattern, nameExpected);
  return z
    .strictObject({
      names: z.array(name, { error: listExpected }).describe('All roles, in any order.'),
      default: name.describe('The role of new users.'),
      admin: name.describe('The role that administers: it may do everything.'),
      readsAll: z
        .array(name, { error: listExpected })
        .exactOptional()
        .describe('Roles that read the rows of other users where `read` is `owner`.'),
    })
    .describe('The roles of users. Other roles may do what `user` may, until `access` names them.');
}

export type Roles = z.output<ReturnType<typeof rolesSchema>>;

/** The roles of a project that says nothing of them. */
export const usualRoles: Roles = {
  names: ['user', 'moderator', 'admin'],
  default: 'user',
  admin: 'admin',
  readsAll: ['moderator'],
};

/** The roles as everything else needs them. */
export type KnownRoles = {
  /** All of them: that of new users first, the administering one last. */
  names: readonly string[];
  default: string;
  admin: string;
  /** Those that read the rows of others where `read` is `owner`. */
  readers: readonly string[];
};

/** The roles of a project in one order, whatever the one in which they are written. */
export function knownRoles(roles: Roles = usualRoles): KnownRoles {
  const { admin, default: usual, readsAll = [] } = roles;
  const others = roles.names.filter((name) => name !== usual && name !== admin);
  const names = [usual, ...others, admin];
  const reads = new Set([...readsAll, admin]);
  return { names, default: usual, admin, readers: names.filter((name) => reads.has(name)) };
}

/** These have a meaning of their own in rules of access. */
const kept = new Set(['public', 'owner']);

/** What is wrong with roles of which each name is right by itself. */
export function rolesProblems(
  roles: Roles | undefined,
  auth: 'jwt' | 'none',
): (Problem & { path: string[] })[] {
  if (roles === undefined) return [];
  if (auth === 'none') {
    const found = 'This backend has no accounts, so nobody has a role.';
    return [{ path: ['roles'], found, expected: 'Expected no `roles`, or `"auth": "jwt"`.' }];
  }
  const { names, default: usual, admin, readsAll = [] } = roles;
  const at = (key: string, found: string, expected: string) => [
    { path: ['roles', key], found, expected },
  ];
  const unknown = (key: string, name: string) => {
    if (names.includes(name)) return [];
    const near = didYouMean(closest(name, names), `Expected one of: ${names.join(', ')}.`);
    return at(key, `There is no role \`${name}\`.`, near);
  };
  const twice = names.filter((name, place) => names.indexOf(name) !== place);
  const taken = names.filter((name) => kept.has(name));
  return [
    ...twice.flatMap((name) => at('names', `\`${name}\` is there twice.`, 'Expected it once.')),
    ...taken.flatMap((name) =>
      at('names', `\`${name}\` means something else in rules of access.`, 'Expected another name.'),
    ),
    ...unknown('default', usual),
    ...unknown('admin', admin),
    ...readsAll.flatMap((name) => unknown('readsAll', name)),
    ...(usual === admin
      ? at('default', 'New users would administer.', 'Expected another role than `admin` names.')
      : []),
    ...(readsAll.includes(usual)
      ? at(
          'readsAll',
          `\`${usual}\` is the role of new users: all would read the rows of all others.`,
          'Expected other roles, or `read=user` for the endpoints where everybody may read.',
        )
      : []),
  ];
}
