import type { Manifest } from '../../manifest/manifest.ts';
import type { Access, Who } from '../../manifest/who.ts';
import { describeResource, type Resource, type ResourceField } from '../resource.ts';
import { toLiteral } from '../typescript/literal.ts';
import { usersTable } from './access-tests.ts';
import { graphqlNeeds } from './graphql-view.ts';
import { listRoles } from './readers.ts';
import { lookupsOf, privateRefsOf } from './refs-view.ts';
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
    answered: view.answered.map((each) => answeredOf(each, fields)),
    self: selfView(resource, access),
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

/** Which fields are only for users themselves and for who administers, and from whom they are kept. */
function selfView({ fields, operations, roles }: Resource, access: Access) {
  const names = fields.filter(({ self, private: isPrivate }) => self && !isPrivate);
  if (names.length === 0) return false;
  const otherOf = (may: readonly string[]) => may.find((role) => role !== roles.admin) ?? false;
  const [reader, creator, updater] = [access.read, access.create, access.update].map((who) =>
    otherOf(who.roles),
  );
  const written = names.filter(({ readonly }) => !readonly).map(({ name }) => name);
  return {
    names: names.map(({ name }) => toLiteral(name)).join(', '),
    dropped: names.map(({ name }) => ({ name })),
    written: written.map(toLiteral).join(', '),
    given: written.map((name) => `values.${name}`).join(', '),
    picked: written.map((name) => `${name}: true`).join(', '),
    kept: names.map(({ column }) => `${column}: before.${column}`).join(', '),
    usesBody: written.length > 0 || operations.has('replace'),
    fields: names.map(({ name }) => name).join(' '),
    nulls: names.map(() => 'null').join(', '),
    // A role that does so with others, and is kept from these fields.
    reader,
    creator,
    updater,
    isHidden: [reader, creator, updater].some((role) => role !== false),
  };
}

/** A field of an answer; one with `self` is absent for some callers. */
function answeredOf(
  { name, answer }: { name: string; answer: string },
  fields: readonly ResourceField[],
) {
  const field = fields.find((each) => each.name === name);
  if (field === undefined) throw new Error('a field is answered that is not there');
  const { column, self } = field;
  return {
    name,
    answer: self ? `${answer}.optional().describe(forSelf)` : answer,
    isSelf: self,
    select: name === column ? `'${column}'` : `'${column} as ${name}'`,
  };
}

/** What a new user cannot go without, in alphabetical order. */
function requiredNames(writable: readonly ResourceField[]): string {
  const own = writable
    .filter((field) => !field.optional && field.default === undefined)
    .map(({ name }) => name);
  return [...own, 'email', 'password'].sort().map(toLiteral).join(', ');
}
