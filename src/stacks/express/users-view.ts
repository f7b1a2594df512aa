import type { Level } from '../../manifest/access.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { describeResource, type ResourceField } from '../resource.ts';
import { toLiteral } from '../typescript/literal.ts';
import { usersAccess } from './access-view.ts';
import { lookupsOf, privateRefsOf } from './refs-view.ts';
import { resourceView } from './resource-view.ts';

/** The roles as the templates of users name them; `reader` is one that reads all users. */
const roles = {
  default: 'user',
  admin: 'admin',
  list: "'user', 'moderator', 'admin'",
  reader: 'moderator',
  readers: "'moderator', 'admin'",
  notAdmin: "'user', 'moderator'",
};

/** Whether users may do something with themselves, and the roles that may with all users. */
const whoMay = (level: Level, beyondOwner: string) => ({
  isOwner: level === 'owner',
  roles: level === 'admin' ? "'admin'" : level === 'moderator' ? roles.readers : beyondOwner,
});

/** Everything that the templates of the accounts name: the fields are those that were added. */
export function usersView(manifest: Manifest, plural: string) {
  const resource = describeResource(manifest, plural);
  const { fields, access, operations } = resource;
  if (access === undefined) throw new Error(`${plural} are accounts, and have no rules of access`);
  const view = resourceView(manifest, plural);
  const writable = fields.filter(({ readonly }) => !readonly);
  const refs = writable.filter(({ type }) => type === 'ref');
  const changes = ['create', 'replace', 'update', 'delete'] as const;
  return {
    ...view,
    roles,
    isByCursor: resource.pagination === 'cursor',
    read: { ...view.read, ...whoMay(access.read, roles.readers) },
    update: { ...view.update, ...whoMay(access.update, "'admin'") },
    remove: { ...view.remove, ...whoMay(access.delete, "'admin'") },
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
    required: requiredNames(writable),
    sortsOrSearches: view.sorts.length > 0 || view.searchColumns !== '',
    usersTable: usersAccess(access, operations),
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
