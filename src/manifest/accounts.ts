import { isDeepStrictEqual } from 'node:util';
import { UserError } from './errors.ts';
import type { Field } from './field.ts';
import type { Endpoint, Manifest } from './manifest-schema.ts';

const plural = 'users';

const builtInFields: Readonly<Record<string, Field>> = {
  email: { type: 'email', unique: true },
  role: { type: 'enum', values: ['user', 'moderator', 'admin'] },
  disabled: { type: 'boolean', default: false },
};

/** The endpoint of the accounts as a new project has it. */
export const newAccounts: Endpoint = {
  fields: { ...builtInFields },
  pagination: 'cursor',
  access: { read: 'owner', create: 'admin' },
};

type Accounts = Pick<Manifest, 'auth'>;

/** Whether the rows of an endpoint are the accounts of the backend. */
export const isAccounts = ({ auth }: Accounts, name: string): boolean =>
  auth === 'jwt' && name === plural;

/** The fields of an endpoint that come with the accounts, and stay as they are. */
export const builtInsOf = (accounts: Accounts, name: string): Readonly<Record<string, Field>> =>
  isAccounts(accounts, name) ? builtInFields : {};

/** The endpoint with only its built-in fields. */
export function bareAccounts(endpoint: Endpoint): Endpoint {
  return { ...endpoint, fields: { ...builtInFields } };
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
  const isBare = manifest.auth === 'jwt' && isDeepStrictEqual(users, newAccounts);
  return isBare ? { ...manifest, endpoints } : manifest;
}

/** The manifest with its accounts, which manifests of earlier versions do not name. */
export function withAccounts<M extends Accounts & Pick<Manifest, 'endpoints'>>(manifest: M): M {
  const { auth, endpoints } = manifest;
  if (auth !== 'jwt' || Object.hasOwn(endpoints, plural)) return manifest;
  return { ...manifest, endpoints: { [plural]: newAccounts, ...endpoints } };
}
