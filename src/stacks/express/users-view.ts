import type { Manifest } from '../../manifest/manifest.ts';
import type { Who } from '../../manifest/who.ts';
import { lookupsOf, privateRefsOf } from '../endpoint/private-refs.ts';
import { describeResource, type ResourceField } from '../resource.ts';
import { toLiteral } from '../typescript/literal.ts';
import { usersTable } from './access-tests.ts';
import { graphqlNeeds } from './graphql-view.ts';
import { listRoles } from './readers.ts';
import { viewOf } from './resource-view.ts';
import { rolesView } from './roles-view.ts';

/** Whether users may do something with themselves, and the roles that may with all users. */
const whoMay = ({ isOwner, roles }: Who) => ({ isOwner, roles: listRoles(roles) });

/** Everything that the templates of the accounts name: the fields are those that were added. */
export function usersView(manifest: Manifest, plural: string) {
  const described = describeResource(manifest, plural);
  const resource = { ...described, fields: described.fields.filter((field) => !field.isBuiltIn) };
  const { fields, access, operations, roles } = resource;
  if (access === undefined) throw new Error(`${plural} are accounts, and have no rules of access`);
  const view = viewOf(manifest, resource);
  const writable = fields.filter(({ readonly }) => !readonly);
  const refs = writable.filter(({ type }) => type === 'ref');
  const changes = ['create', 'replace', 'update', 'delete'] as const;
  return {
    ...view,
    roles: rolesView(roles),
    isByCursor: resource.pagination === 'cursor',
    read: { ...view.read, ...whoMay(access.read) },
    update: { ...view.update, ...whoMay(access.update) },
    remove: { ...view.remove, ...whoMay(access.delete) },
    usesLimits: view.can.delete || view.rateLimit !== false,
    changes: changes.some((operation) => operations.has(operation)),
    answered: view.answered.map((field) => ({
      ...field,
      select: selectOf(fields.find(({ name }) => name === field.name)),
    })),
    refNames: refs.length > 0 && refs.map(({ name }) => `${name}: true`).join(', '),
    ownWritable: writable
      .filter(({ type }) => type !== 'ref')
      .map(({ name, column }) => ({ name, column })),
    lookups: lookupsOf(resource, privateRefsOf(resource), false),
    uniques: view.uniques.filter(({ name }) => {
      const field = fields.find((each) => each.name === name);
      return !field?.parent || field.parent.isSelf;
    }),
    required: requiredNames(writable),
    sortsOrSearches: view.sorts.length > 0 || view.searchColumns !== '',
    usersTable: usersTable(resource),
    // Every list of users can be filtered, and none is of the caller's own rows.
    graphql: graphqlNeeds(manifest, resource, { isFiltered: true, listsOwn: false }),
  };
}

function selectOf(field: ResourceField | undefined): string {
  if (field === undefined) throw new Error('a field is answered that is not there');
  const { name, column } = field;
  return name === column ? `'${column}'` : `'${column} as ${name}'`;
}

/** What a new user cannot go without, in alphabetical order. */
function requiredNames(writable: readonly ResourceField[]): string {
  const own = writable
    .filter((field) => !field.optional && field.default === undefined)
    .map(({ name }) => name);
  return [...own, 'email', 'password'].sort().map(toLiteral).join(', ');
}
