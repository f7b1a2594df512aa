import { accessProblems, isOwned, usualAccess } from './access.ts';
import { builtInEndpoints } from './accounts.ts';
import type { Problem } from './errors.ts';
import { fieldJsonName } from './field.ts';
import type { Endpoint, Manifest } from './manifest.ts';

type Located = Problem & { path: string[] };

/** Their tables, and what the documentation calls what is sent and answered. */
const namesOfAccounts: ReadonlySet<string> = new Set(
  (
    'authChangePasswords authLoggedIns authLogIns authRefreshTokens authRefreshes authRegisters ' +
    'authSessions'
  ).split(' '),
);

/** What is wrong with endpoints, given whether there are accounts. */
export function accountProblems(
  endpoints: Readonly<Record<string, Endpoint>>,
  auth: Manifest['auth'],
): Located[] {
  return Object.entries(endpoints).flatMap(([name, endpoint]) => [
    ...nameProblems(name, auth),
    ...accessProblems(endpoint.access, auth).map((problem) => ({
      ...problem,
      path: ['endpoints', name, 'access'],
    })),
    ...ownerProblems(name, endpoint, auth),
  ]);
}

function nameProblems(name: string, auth: Manifest['auth']): Located[] {
  const isTaken = auth === 'jwt' && namesOfAccounts.has(name);
  if (!isTaken && !Object.hasOwn(builtInEndpoints(auth), name)) return [];
  const found = `\`${name}\` is there already: it comes with the accounts.`;
  return [{ path: ['endpoints', name], found, expected: 'Expected another name.' }];
}

function ownerProblems(
  name: string,
  { fields, access }: Endpoint,
  auth: Manifest['auth'],
): Located[] {
  if (auth === 'none' || !isOwned({ ...usualAccess, ...access })) return [];
  return Object.entries(fields).flatMap(([field, value]) => {
    if (fieldJsonName(field, value) !== 'ownerId') return [];
    const found = `\`${field}\` would be \`ownerId\`, which the server sets to who made the row.`;
    const expected = 'Expected another name, such as `author`.';
    return [{ path: ['endpoints', name, 'fields', field], found, expected }];
  });
}
