import type { Problem } from './errors.ts';
import { fieldCommand } from './field-command.ts';
import type { Endpoint } from './manifest-schema.ts';

type Located = Problem & { path: string[] };
type Endpoints = Readonly<Record<string, Endpoint>>;

/** The endpoint that comes with accounts. */
const USERS = 'users';

/** What endpoints of a backend without accounts say that needs them, and how to take each out. */
export function accountNeeds(endpoints: Endpoints): Located[] {
  const isOfAccounts = (plural: string) => plural === USERS && !Object.hasOwn(endpoints, USERS);
  return Object.entries(endpoints).flatMap(([name, { access, under, fields }]) => {
    const at = (...path: string[]) => ['endpoints', name, ...path];
    const settings = [
      ...(access === undefined ? [] : [['access', 'has rules of access']]),
      ...(under !== undefined && isOfAccounts(under) ? [['under', 'is under `users`']] : []),
    ];
    return [
      ...settings.map(([setting = '', what = '']) => ({
        path: at(setting),
        found: `\`${name}\` ${what}, which needs accounts.`,
        expected: `Expected no \`${setting}\`, or "auth": "jwt".`,
      })),
      ...Object.entries(fields).flatMap(([field, value]) => {
        if (value.type !== 'ref') return [];
        const isOwner = value.owner === true;
        if (!isOwner && !isOfAccounts(value.to)) return [];
        const what = isOwner ? 'is an owner' : 'refers to `users`';
        const removal = fieldCommand({ kind: 'remove', endpoint: name, names: [field] });
        const found = `\`${field}\` ${what}, which needs accounts.`;
        const expected = `Expected "auth": "jwt", at least until \`${removal} --force\`.`;
        return [{ path: at('fields', field), found, expected }];
      }),
    ];
  });
}
