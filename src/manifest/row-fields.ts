import { isOwned, usualAccess } from './access.ts';
import { isAccounts } from './accounts.ts';
import type { Field } from './field.ts';
import { fieldJsonName, ownersOf } from './field.ts';
import type { Endpoint, Manifest } from './manifest-schema.ts';

/** Says whose a row is where rules of access name the owner and no field does. */
export const usualOwner = ['owner', { type: 'ref', to: 'users', owner: true }] as const satisfies [
  name: string,
  field: Field,
];

/** The fields of the rows of an endpoint: those asked for, and the owner that its rules ask for. */
export function rowFields(
  manifest: Pick<Manifest, 'auth' | 'roles'>,
  plural: string,
  { fields, access }: Pick<Endpoint, 'fields' | 'access'>,
): [name: string, field: Field][] {
  const asked = Object.entries(fields);
  // An account belongs to who signs in with it.
  const needsOwner =
    manifest.auth === 'jwt' &&
    isOwned({ ...usualAccess, ...access }) &&
    !isAccounts(manifest, plural);
  // A field that has its name is refused, by another rule.
  const isNamed = asked.some(([name, field]) => fieldJsonName(name, field) === 'ownerId');
  const isLeft = ownersOf(fields).length > 0 || isNamed;
  return needsOwner && !isLeft ? [...asked, usualOwner] : asked;
}
