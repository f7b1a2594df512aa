import { builtInEndpoints } from '../../manifest/accounts.ts';
import { isInGraphql } from '../../manifest/graphql-names.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { resourceNames } from '../../manifest/names.ts';
import { partsOfSchema, schemaText } from '../graphql/schema-text.ts';
import { compareModules } from '../typescript/wire/module-order.ts';

/** What the templates name of the GraphQL schema as a whole. */
export function graphqlOverview(manifest: Manifest) {
  const plurals = [
    ...Object.keys(builtInEndpoints(manifest)),
    ...Object.keys(manifest.endpoints),
  ].filter((plural) => isInGraphql(manifest, plural));
  const added = manifest.graphql ? partsOfSchema(manifest).flatMap((part) => part.additions) : [];
  return {
    graphqlTypes: plurals
      .map((plural) => resourceNames(plural, manifest.endpoints[plural]?.singular))
      .sort((one, other) => compareModules(one.path, other.path)),
    graphqlQueries: added.some(({ type }) => type === 'Query'),
    graphqlMutations: added.some(({ type }) => type === 'Mutation'),
    schemaText: manifest.graphql ? schemaText(manifest) : '',
  };
}
