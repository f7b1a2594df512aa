import { enumMember, isInGraphql } from '../../manifest/graphql-names.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { resourceNames } from '../../manifest/names.ts';
import { knownRoles } from '../../manifest/roles.ts';
import { partsOfSchema, schemaText } from '../graphql/schema-text.ts';
import { toLiteral } from '../typescript/literal.ts';
import { compareModules } from '../typescript/wire/module-order.ts';

/** What the templates name of the GraphQL schema as a whole. */
export function graphqlOverview(manifest: Manifest) {
  const { names } = knownRoles(manifest.roles);
  const plurals = Object.keys(manifest.endpoints).filter((plural) => isInGraphql(manifest, plural));
  const added = manifest.graphql ? partsOfSchema(manifest).flatMap((part) => part.additions) : [];
  return {
    graphqlTypes: plurals
      .map((plural) => resourceNames(plural, manifest.endpoints[plural]?.singular))
      .sort((one, other) => compareModules(one.path, other.path)),
    graphqlQueries: added.some(({ type }) => type === 'Query'),
    graphqlMutations: added.some(({ type }) => type === 'Mutation'),
    userRoleMembers: names
      .map((name) => `${enumMember(name)}: { value: ${toLiteral(name)} }`)
      .join(', '),
    userRolePairs: names.map((name) => `${toKey(name)}: '${enumMember(name)}'`).join(', '),
    schemaText: manifest.graphql ? schemaText(manifest) : '',
  };
}

const toKey = (name: string) => (/^\w+$/.test(name) ? name : toLiteral(name));
