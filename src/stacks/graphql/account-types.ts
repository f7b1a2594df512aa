import type { Manifest } from '../../manifest/manifest.ts';
import { describeResource } from '../resource.ts';
import type { SchemaPart } from './schema-types.ts';
import { schemaTypes } from './schema-types.ts';

/** The types of users, and the query of who calls. */
export function accountTypes(manifest: Manifest): SchemaPart {
  const { types, additions } = schemaTypes(manifest, describeResource(manifest, 'users'));
  return { types, additions: [...additions, { type: 'Query', field: { name: 'me', type: 'User' } }] };
}
