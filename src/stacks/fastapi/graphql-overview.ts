import { isAccounts } from '../../manifest/accounts.ts';
import { isInGraphql } from '../../manifest/graphql-names.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { accountTypes } from '../graphql/account-types.ts';
import { describeType } from '../graphql/describe-type.ts';
import { relationsOf } from '../graphql/relations.ts';
import { schemaText } from '../graphql/schema-text.ts';
import { schemaTypes } from '../graphql/schema-types.ts';
import { compareModules } from '../python/module-order.ts';
import { moduleName } from '../python/names.ts';
import { describeResource } from '../resource.ts';
import { schemaClasses } from './graphql-view.ts';

/** What stands between the brackets of a tuple. */
const tuple = (names: readonly string[]) => `${names.join(', ')}${names.length === 1 ? ',' : ''}`;

/** What the templates name of the GraphQL schema as a whole. */
export function graphqlOverview(manifest: Manifest) {
  if (!manifest.graphql) return { schemaText: '' };
  const modules = Object.keys(manifest.endpoints)
    .filter((plural) => isInGraphql(manifest, plural))
    .map((plural) => {
      const resource = describeResource(manifest, plural);
      const { additions } = isAccounts(manifest, plural)
        ? accountTypes(manifest)
        : schemaTypes(resource, describeType(manifest, resource));
      const classes = schemaClasses(
        resource.names,
        relationsOf(manifest, resource).backward,
        additions,
      );
      const type = `${resource.names.Singular}Type`;
      return { ...classes, type, module: moduleName(resource.names.table) };
    })
    .sort((one, other) => compareModules(one.module, other.module));
  const added = new Map<string, string[]>();
  for (const { type, name } of modules.flatMap(({ additions }) => additions)) {
    added.set(type, [...(added.get(type) ?? []), name]);
  }
  return {
    graphqlModules: modules.map(({ module, type, query, mutation, additions }) => {
      const names = [type, ...query, ...mutation, ...additions.map(({ name }) => name)];
      return { module, names: names.join(', ') };
    }),
    graphqlTypes: modules.map(({ type }) => type).join(', '),
    graphqlQueries: tuple(modules.flatMap(({ query }) => query)),
    graphqlMutations: tuple(modules.flatMap(({ mutation }) => mutation)),
    graphqlAdded: [...added]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([type, names]) => ({ type, classes: tuple(names) })),
    schemaText: schemaText(manifest),
  };
}
