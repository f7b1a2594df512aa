import type { Manifest } from '../../manifest/manifest.ts';
import type { Access, Who } from '../../manifest/who.ts';
import { type PrivateRef, privateRefsOf } from '../endpoint/private-refs.ts';
import { readOf } from '../endpoint/readers.ts';
import { statusesOfUsers } from '../endpoint/statuses.ts';
import { toLiteral } from '../python/literal.ts';
import { attributeName } from '../python/names.ts';
import { describeResource } from '../resource.ts';
import { ruleView } from './access-view.ts';
import { hidingOf, listRoles } from './readers.ts';
import { viewOf } from './resource-view.ts';
import { rolesView } from './roles-view.ts';

/** Everything that the templates of the accounts name: the fields are those that were added. */
export function usersView(manifest: Manifest, plural: string) {
  const described = describeResource(manifest, plural);
  const resource = { ...described, fields: described.fields.filter((field) => !field.isBuiltIn) };
  const { access, fields, pagination, roles } = resource;
  if (access === undefined) throw new Error(`${plural} are accounts, and have no rules of access`);
  const view = viewOf(manifest, resource);
  const isRef = ({ attribute }: { attribute: string }) =>
    fields.some(({ type, column }) => type === 'ref' && attributeName(column) === attribute);
  return {
    ...view,
    roles: rolesView(roles),
    // Whose each user is needs no column.
    conditions: view.conditions.filter(({ name }) => name !== '"_owner_id"'),
    isByCursor: pagination === 'cursor',
    walk: pagination === 'cursor' ? 'walk' : 'walk_pages',
    read: ruleOf(access.read, access),
    create: { ...ruleOf(access.create, access), asksRefs: view.create.asksRefs },
    update: { ...ruleOf(access.update, access), asksRefs: view.update.asksRefs },
    remove: ruleOf(access.delete, access),
    profileFields: view.createFields.filter((field) => !isRef(field)),
    refFields: view.createFields.filter(isRef),
    refChecks: privateRefsOf(resource).map(refCheck),
    statusRows: statusesOfUsers(resource).map(({ operation, statuses }) => ({
      operation: toLiteral(operation),
      statuses: statuses.join(', '),
    })),
  };
}

/** Whether users may do something with themselves, and what the code says of the others. */
function ruleOf(who: Who, access: Access) {
  const isOther = who.isOwner ? 'user_id != caller.id and ' : '';
  return {
    ...ruleView(who, access, { isPassed: true }),
    isOwner: who.isOwner,
    isBarred: `${isOther}not ${hasRole(who.roles)}`,
  };
}

const hasRole = (roles: readonly string[]) =>
  `has_role(${['caller', ...roles.map(toLiteral)].join(', ')})`;

/** Asks whether the caller may read the row of a reference; whether it is their own needs no query. */
function refCheck({ field, parent }: PrivateRef) {
  const { isByOwner, owner, mayRead } = hidingOf(parent);
  const looked = isByOwner ? `await users.has_${parent.names.column}(id, ${owner})` : mayRead;
  const isReadable = parent.isAccount
    ? `may_read_user(id, caller, ${listRoles(readOf(parent).roles)})`
    : looked;
  return {
    name: toLiteral(field.name),
    attribute: toLiteral(attributeName(field.column)),
    isReadable,
  };
}
