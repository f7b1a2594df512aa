import type { Manifest } from '../../manifest/manifest.ts';
import type { Resource } from '../resource.ts';
import { describeResource } from '../resource.ts';
import type { TypeDefinition } from './print-schema.ts';
import type { SchemaPart } from './schema-types.ts';
import { schemaTypes } from './schema-types.ts';

/** The types of users, and the query of who calls. */
export function accountTypes(manifest: Manifest): SchemaPart {
  const { types, additions } = schemaTypes(manifest, describeUsers(manifest));
  const me = { type: 'Query', field: { name: 'me', type: 'User' } };
  return { types: types.map(withDisabled), additions: [...additions, me] };
}

/** What GraphQL does with users: with the built-in fields, and what administrators change. */
function describeUsers(manifest: Manifest): Resource {
  const users = describeResource(manifest, 'users');
  const fields = users.fields.filter(({ isBuiltIn }) => isBuiltIn);
  const [email] = fields;
  if (!email) throw new Error('users have no fields');
  const disabledAt = { ...email, name: 'disabledAt', type: 'datetime' as const, optional: true };
  return {
    ...users,
    operations: new Set(['list', 'get', 'update'] as const),
    fields: [
      ...fields.map((field) => ({ ...field, filter: true, readonly: field === email })),
      { ...disabledAt, readonly: true },
    ],
  };
}

/** Who changes users says whether they are disabled, and the server since when. */
function withDisabled(type: TypeDefinition): TypeDefinition {
  if (type.kind !== 'input' || type.name !== 'UpdateUserInput') return type;
  return { ...type, fields: [...type.fields, { name: 'disabled', type: 'Boolean' }] };
}
