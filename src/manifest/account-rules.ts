import { accessProblems, bringAccounts, isOwned, usualAccess } from './access.ts';
import { builtInEndpoints } from './accounts.ts';
import type { Problem } from './errors.ts';
import { fieldJsonName, ownersOf } from './field.ts';
import type { Endpoint, Manifest } from './manifest-schema.ts';

type Located = Problem & { path: string[] };
type Accounts = Pick<Manifest, 'auth' | 'roles'>;

/** The tables of the accounts, and the names of their bodies in the documentation. */
const namesOfAccounts: ReadonlySet<string> = new Set(
  (
    'authChangePasswords authLoggedIns authLogIns authRefreshTokens authRefreshes authRegisters ' +
    'authSessions'
  ).split(' '),
);

/** What is wrong with endpoints, with accounts or without. */
export function accountProblems(
  endpoints: Readonly<Record<string, Endpoint>>,
  accounts: Accounts,
): Located[] {
  const { auth } = accounts;
  return Object.entries(endpoints).flatMap(([name, endpoint]) => [
    ...nameProblems(name, accounts),
    ...accessProblems(endpoint.access, accounts).map(({ path, ...problem }) => ({
      ...problem,
      path: ['endpoints', name, 'access', ...path],
    })),
    ...ownerProblems(name, endpoint, auth),
  ]);
}

/** Whether the accounts have that name, so that no endpoint can be called by it. */
export function isOfAccounts(name: string, accounts: Accounts): boolean {
  const isKept = accounts.auth === 'jwt' && namesOfAccounts.has(name);
  return isKept || Object.hasOwn(builtInEndpoints(accounts), name);
}

function nameProblems(name: string, accounts: Accounts): Located[] {
  if (!isOfAccounts(name, accounts)) return [];
  const found = `\`${name}\` exists already: it is part of the accounts.`;
  return [{ path: ['endpoints', name], found, expected: 'Expected another name.' }];
}

function ownerProblems(
  name: string,
  { fields, access }: Endpoint,
  auth: Manifest['auth'],
): Located[] {
  const [owner, ...more] = ownersOf(fields);
  if (owner !== undefined) {
    const problem = ownerProblem(name, [owner, ...more], access, auth);
    return problem ? [{ path: ['endpoints', name, 'fields', more[0] ?? owner], ...problem }] : [];
  }
  if (auth === 'none' || !isOwned({ ...usualAccess, ...access })) return [];
  return Object.entries(fields).flatMap(([field, value]) => {
    if (fieldJsonName(field, value) !== 'ownerId') return [];
    const found = `\`${field}\` would be \`ownerId\`, which the server sets to the user who creates the row.`;
    const isUser = value.type === 'ref' && value.to === 'users';
    const expected = isUser
      ? `Expected \`${field}:ref:users:owner\`, which makes it that field, or another name.`
      : 'Expected another name, such as `author`.';
    return [{ path: ['endpoints', name, 'fields', field], found, expected }];
  });
}

function ownerProblem(
  name: string,
  owners: string[],
  access: Endpoint['access'],
  auth: Manifest['auth'],
): Problem | undefined {
  const [owner] = owners;
  if (auth === 'none') {
    const found = `\`${owner}\` is an owner, but this backend has no accounts.`;
    return { found, expected: `Expected it without \`owner\`, or accounts: ${bringAccounts}.` };
  }
  if (owners.length > 1) {
    const found = `\`${name}\` has several owners: ${owners.join(', ')}.`;
    return { found, expected: 'Expected one at most: a row belongs to one user.' };
  }
  // A rule for the owner is refused already.
  if (access?.create !== 'public' || isOwned({ ...usualAccess, ...access })) return undefined;
  const found = `With \`create=public\` rows have no owner, but \`${owner}\` is an owner.`;
  return { found, expected: 'Expected create=user, or the field without `owner`.' };
}
