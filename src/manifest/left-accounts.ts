import { BUILT_IN } from './built-in.ts';
import { isObject } from './json.ts';

/** The endpoint that comes with accounts. */
const USERS = 'users';

/**
 * Whether a backend without accounts still names those that it had, so that `"auth": "none"` is the
 * whole edit that takes them out.
 */
export function hasLeftAccounts(json: unknown): json is Left {
  if (!isObject(json) || json.auth !== 'none' || !isObject(json.endpoints)) return false;
  const { [USERS]: users } = json.endpoints;
  if (!isObject(users) || !isObject(users.fields)) return false;
  return Object.values(users.fields).includes(BUILT_IN);
}

type Left = Record<string, unknown> & { endpoints: Record<string, unknown> };

/** The JSON of `backend.json` without accounts that are to go, their parts and their roles. */
export function withoutLeftAccounts(json: unknown): unknown {
  if (!hasLeftAccounts(json)) return json;
  const { roles: _, accounts: _parts, ...rest } = json;
  const { [USERS]: _users, ...endpoints } = json.endpoints;
  return { ...rest, endpoints };
}
