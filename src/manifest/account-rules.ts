import { accessProblems, actions, bringAccounts, isOwned, usualAccess } from './access.ts';
import { endpointsOfParts, fieldsOfParts } from './account-parts.ts';
import { addedFields, builtInsOf, isAccounts, usualAccountAccess } from './accounts.ts';
import { BUILT_IN } from './built-in.ts';
import type { Problem } from './errors.ts';
import type { Field } from './field.ts';
import { fieldJsonName, ownersOf } from './field.ts';
import type { Endpoint, Manifest } from './manifest-schema.ts';
import { knownRoles } from './roles.ts';
import { whoMay } from './who.ts';

type Located = Problem & { path: string[] };
type Accounts = Pick<Manifest, 'auth' | 'roles' | 'accounts'>;

/** The tables of the accounts, and the names of their bodies in the documentation. */
const namesOfAccounts: ReadonlySet<string> = new Set(
  (
    'authChangePasswords authChangeProfiles authLoggedIns authLogIns authRefreshTokens ' +
    'authRefreshes authRegisters authSessions'
  ).split(' '),
);

/** What is wrong with endpoints, with accounts or without. */
export function accountProblems(
  endpoints: Readonly<Record<string, Endpoint>>,
  accounts: Accounts,
): Located[] {
  const { auth } = accounts;
  return Object.entries(endpoints).flatMap(([name, endpoint]) => {
    const ofRules = accessProblems(endpoint.access, accounts).map(({ path, ...problem }) => ({
      ...problem,
      path: ['endpoints', name, 'access', ...path],
    }));
    if (isAccounts(accounts, name)) {
      const own = problemsOfAccounts(name, endpoint, accounts).map(({ path, ...problem }) => ({
        ...problem,
        path: ['endpoints', name, ...path],
      }));
      return ofRules.length > 0 ? ofRules : own;
    }
    return [
      ...nameProblems(name, accounts),
      ...ofRules,
      ...ownerProblems(name, endpoint, auth),
      ...selfProblems(name, endpoint, auth),
    ];
  });
}

/** Whether the accounts have that name, so that no endpoint can be called by it. */
export function isOfAccounts(name: string, accounts: Accounts): boolean {
  return isKept(name, accounts) || isAccounts(accounts, name);
}

const isKept = (name: string, accounts: Accounts) =>
  accounts.auth === 'jwt' && (namesOfAccounts.has(name) || endpointsOfParts(accounts).has(name));

function nameProblems(name: string, accounts: Accounts): Located[] {
  if (!isKept(name, accounts)) return [];
  const found = `\`${name}\` exists already: it is part of the accounts.`;
  return [{ path: ['endpoints', name], found, expected: 'Expected another name.' }];
}

/** Names of what accounts have beside their fields. */
const keptByAccounts: ReadonlySet<string> = new Set(['password', 'passwordhash', 'disabledat']);

function problemsOfAccounts(name: string, endpoint: Endpoint, accounts: Accounts): Located[] {
  const missing = Object.keys(builtInsOf(accounts, name)).filter(
    (field) => !Object.hasOwn(endpoint.fields, field),
  );
  const { under, singular } = endpoint;
  return [
    ...missing.map((field) => ({
      path: ['fields'],
      found: `\`${name}\` has no \`${field}\`, which is a built-in field.`,
      expected: `Expected "${field}": "${BUILT_IN}".`,
    })),
    ...addedFields(accounts, name, endpoint).flatMap(([field, value]) =>
      addedProblems(field, value, accounts).map((problem) => ({
        ...problem,
        path: ['fields', field],
      })),
    ),
    ...accountAccessProblems(endpoint, accounts),
    ...[
      ...(under === undefined ? [] : ['under']),
      ...(singular === undefined ? [] : ['singular']),
    ].map((setting) => ({
      path: [setting],
      found: `\`${name}\` holds the accounts and cannot have \`${setting}\`.`,
      expected: 'Expected it to be left out.',
    })),
  ];
}

/** Accounts are for themselves and for roles; only who administers may take others away. */
function accountAccessProblems({ access: given }: Endpoint, accounts: Accounts): Located[] {
  const known = knownRoles(accounts.roles);
  const access = { ...usualAccountAccess(accounts), ...given };
  return actions.flatMap((action) => {
    const { kind, roles: may } = whoMay(action, access[action], known);
    const isForAdmin = action !== 'delete' || may.length === 1;
    if (kind === 'some' && isForAdmin) return [];
    const found = `\`${action}=${access[action]}\` is too wide for accounts.`;
    const own = action === 'delete' ? `owner or ${known.admin}` : 'owner or roles';
    const expected = `Expected ${action === 'create' ? 'roles' : own}, such as ${known.admin}.`;
    return [{ path: ['access', action], found, expected }];
  });
}

/** What does not go with users who register by themselves. */
function addedProblems(name: string, field: Field, accounts: Accounts): Problem[] {
  const called = fieldJsonName(name, field);
  if (keptByAccounts.has(called.toLowerCase()) || fieldsOfParts(accounts).has(called)) {
    const found = `\`${name}\` is reserved: accounts have it already.`;
    return [{ found, expected: 'Expected another name.' }];
  }
  if (field.type !== 'ref') return [];
  if (field.owner) {
    const found = `\`${name}\` is an owner, but a user belongs to nobody else.`;
    return [{ found, expected: `Expected ${name}:ref:${field.to}:optional.` }];
  }
  if (field.optional) return [];
  const found = `\`${name}\` is required, but users register before they can read any row.`;
  return [{ found, expected: `Expected \`optional\`, as in ${name}:ref:${field.to}:optional.` }];
}

/**
 * `self` is for users alone: their rows are themselves. Rows that users own are mostly read by their
 * owners only, by `read=owner`; what others may not see of rows that they do read has an endpoint of
 * its own with that rule.
 */
function selfProblems(name: string, { fields }: Endpoint, auth: Manifest['auth']): Located[] {
  return Object.entries(fields).flatMap(([field, value]) => {
    if (!('self' in value)) return [];
    const found = `\`${field}\` is \`self\`, but \`${name}\` are not users who sign in.`;
    const expected =
      auth === 'none'
        ? `Expected it without \`self\`, or accounts: ${bringAccounts}.`
        : 'Expected `private`, or the field in an endpoint with read=owner.';
    return [{ path: ['endpoints', name, 'fields', field], found, expected }];
  });
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
