import type { AccountPart } from './choices.ts';
import type { Problem } from './errors.ts';
import type { Manifest } from './manifest-schema.ts';

type Located = Problem & { path: string[] };
type Accounts = Pick<Manifest, 'auth' | 'accounts'>;

/** What a part takes: names of tables and of bodies in the documentation, and fields of users. */
type Taken = { endpoints: string; fields: string };

const taken: Readonly<Record<AccountPart, Taken>> = {
  mail: {
    endpoints:
      'mails emailTokens registrations authAcceptInvitations authChangeEmails authForgotPasswords ' +
      'authInvites authResetPasswords authSentMails authVerifyEmails',
    fields: 'emailVerified emailVerifiedAt token',
  },
  browser: { endpoints: '', fields: 'cookie' },
  oidc: {
    endpoints:
      'identities oidcAttempts oidcCodes authAddIdentities authCompleteSignIns authIdentities ' +
      'authLinks authLinkProviders authProviders',
    fields: 'code verifier',
  },
};

/** Whether the accounts of a backend have a part. */
export const hasPart = ({ auth, accounts = [] }: Accounts, part: AccountPart): boolean =>
  auth === 'jwt' && accounts.includes(part);

/** Names that no endpoint can have beside the parts of the accounts. */
export const endpointsOfParts = (accounts: Accounts): ReadonlySet<string> =>
  takenBy(accounts, 'endpoints');

/** Names that no field of users can have beside these parts. */
export const fieldsOfParts = (accounts: Accounts): ReadonlySet<string> =>
  takenBy(accounts, 'fields');

function takenBy({ auth, accounts = [] }: Accounts, what: keyof Taken): ReadonlySet<string> {
  const parts = auth === 'jwt' ? accounts : [];
  return new Set(parts.flatMap((part) => taken[part][what].split(' ')));
}

/** What is wrong with parts of accounts in a backend that has none. */
export function partsProblems({ auth, accounts }: Accounts): Located[] {
  if (auth === 'jwt' || accounts === undefined) return [];
  const found = 'This backend has no accounts, so they have no parts.';
  return [{ path: ['accounts'], found, expected: 'Expected no `accounts`, or `"auth": "jwt"`.' }];
}
