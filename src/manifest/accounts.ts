import { isDeepStrictEqual } from 'node:util';
import type { Levels } from './access.ts';
import { usualAccess } from './access.ts';
import { UserError } from './errors.ts';
import type { Field } from './field.ts';
import type { Endpoint, Manifest } from './manifest-schema.ts';
import { knownRoles } from './roles.ts';

const plural = 'users';

type Accounts = Pick<Manifest, 'auth' | 'roles'>;

const builtInFields = ({ roles }: Accounts): Readonly<Record<string, Field>> => ({
  email: { type: 'email', unique: true },
  role: { type: 'enum', values: [...knownRoles(roles).names] },
  disabled: { type: 'boolean', default: false },
});

/** Who may do what with users where nothing is said: who administers makes them, whatever that role is. */
export const usualAccountAccess = ({ roles }: Pick<Accounts, 'roles'>): Levels => ({
  ...usualAccess,
  create: knownRoles(roles).admin,
});

/** The endpoint of the accounts as a new project has it. */
export const newAccounts = (accounts: Accounts): Endpoint => ({
  fields: builtInFields(accounts),
  pagination: 'cursor',
  access: { read: 'owner', create: usualAccountAccess(accounts).create },
});

/** Whether the rows of an endpoint are the accounts of the backend. */
export const isAccounts = ({ auth }: Accounts, name: string): boolean =>
  auth === 'jwt' && name === plural;

/** The fields of an endpoint that come with the accounts, and stay as they are. */
export const builtInsOf = (accounts: Accounts, name: string): Readonly<Record<string, Field>> =>
  isAccounts(accounts, name) ? builtInFields(accounts) : {};

/** The endpoint with only its built-in fields. */
export function bareAccounts(accounts: Accounts, endpoint: Endpoint): Endpoint {
  return { ...endpoint, fields: builtInFields(accounts) };
}

/** The fields of the accounts that are columns: `disabled` is stored as the time since when. */
export function storedFields({ fields }: Pick<Endpoint, 'fields'>): [string, Field][] {
  return Object.entries(fields).filter(([name]) => name !== 'disabled');
}

/** The fields of an endpoint that were asked for. */
export function addedFields(
  accounts: Accounts,
  name: string,
  { fields }: Pick<Endpoint, 'fields'>,
): [name: string, field: Field][] {
  const builtIns = builtInsOf(accounts, name);
  return Object.entries(fields).filter(([each]) => !Object.hasOwn(builtIns, each));
}

/** Refuses a command that would take the accounts away, or call them otherwise. */
export function refuseAccounts(accounts: Accounts, name: string, verb: string): void {
  if (!isAccounts(accounts, name)) return;
  const found = `\`${name}\` holds the accounts of this backend and cannot be ${verb}.`;
  const expected = 'Expected another endpoint. Fields can be added to it.';
  throw new UserError([{ found, expected }], `gen field add ${name} displayName:string:optional`);
}

/** The manifest as earlier versions write it, where nothing was added to its accounts. */
export function withoutBareAccounts(manifest: Manifest): Manifest {
  const { [plural]: users, ...endpoints } = manifest.endpoints;
  const isBare = manifest.auth === 'jwt' && isDeepStrictEqual(users, newAccounts(manifest));
  return isBare ? { ...manifest, endpoints } : manifest;
}

/**
 * The manifest with its accounts, which manifests of earlier versions do not name, and with what
 * follows from its roles.
 */
export function withAccounts<M extends Accounts & Pick<Manifest, 'endpoints'>>(manifest: M): M {
  if (!isAccounts(manifest, plural)) return manifest;
  const { endpoints } = manifest;
  const { [plural]: there } = endpoints;
  const users = there ?? newAccounts(manifest);
  const added = Object.fromEntries(addedFields(manifest, plural, users));
  const { create } = usualAccountAccess(manifest);
  const grown = {
    ...users,
    fields: { ...builtInFields(manifest), ...added },
    access: { create, ...users.access },
  };
  return {
    ...manifest,
    // It keeps its place where it has one.
    endpoints: there ? { ...endpoints, [plural]: grown } : { [plural]: grown, ...endpoints },
  };
}
