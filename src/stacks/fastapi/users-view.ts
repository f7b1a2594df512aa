import type { Manifest } from '../../manifest/manifest.ts';
import type { Access, Who } from '../../manifest/who.ts';
import { hasFallback } from '../endpoint/capabilities.ts';
import { type PrivateRef, privateRefsOf } from '../endpoint/private-refs.ts';
import { readOf } from '../endpoint/readers.ts';
import { statusesOfUsers } from '../endpoint/statuses.ts';
import { toLiteral, toTuple } from '../python/literal.ts';
import { attributeName } from '../python/names.ts';
import { describeResource, type Resource, type ResourceField } from '../resource.ts';
import { ruleView } from './access-view.ts';
import { needsAlias } from './attributes.ts';
import { graphqlUsersView } from './graphql-users.ts';
import { hidingOf, listRoles } from './readers.ts';
import { viewOf } from './resource-view.ts';
import { rolesView } from './roles-view.ts';

/** Everything that the templates of the accounts name: the fields are those that were added. */
export function usersView(manifest: Manifest, plural: string) {
  const described = describeResource(manifest, plural);
  const resource = { ...described, fields: described.fields.filter((field) => !field.isBuiltIn) };
  const { access, fields, operations, pagination, roles } = resource;
  if (access === undefined) throw new Error(`${plural} are accounts, and have no rules of access`);
  const view = viewOf(manifest, resource);
  const isRef = ({ attribute }: { attribute: string }) =>
    fields.some(({ type, column }) => type === 'ref' && attributeName(column) === attribute);
  return {
    ...view,
    roles: rolesView(roles),
    graphql: graphqlUsersView(manifest),
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
    replaceFields: replaceFields(view.createFields, fields, isRef),
    answered: view.answered.map((each) => answeredOf(each, fields)),
    shown: view.answered.filter(({ attribute }) => !fieldOf(attribute, fields).self),
    newRequired: listOf([...requiredNames(fields), 'email', 'password']),
    changeNames: toTuple([...operations].filter((each) => each === 'replace' || each === 'update')),
    selfReads: view.can.get || view.can.list,
    leftOut: setOf(['role', 'disabled', ...writtenForSelf(fields).map(attributeOf)]),
    self: selfView(resource, access),
    refChecks: privateRefsOf(resource).map(refCheck),
    statusRows: statusesOfUsers(resource).map(({ operation, statuses }) => ({
      operation: toLiteral(operation),
      statuses: statuses.join(', '),
    })),
  };
}

const attributeOf = ({ column }: ResourceField) => attributeName(column);

function fieldOf(attribute: string, fields: readonly ResourceField[]): ResourceField {
  const field = fields.find((each) => attributeOf(each) === attribute);
  if (field === undefined) throw new Error('a field is named that is not there');
  return field;
}

const listOf = (names: readonly string[]) => `[${names.map(toLiteral).join(', ')}]`;
const setOf = (names: readonly string[]) => `{${names.map(toLiteral).join(', ')}}`;

/** What a new user cannot go without. */
const requiredNames = (fields: readonly ResourceField[]) =>
  fields.filter((field) => !field.readonly && !hasFallback(field)).map(({ name }) => name);

const forSelf = (fields: readonly ResourceField[]) =>
  fields.filter(({ self, private: isPrivate }) => self && !isPrivate);

const writtenForSelf = (fields: readonly ResourceField[]) =>
  forSelf(fields).filter(({ readonly }) => !readonly);

/** Which fields are only for users themselves and for who administers, and from whom they are kept. */
function selfView({ fields, roles }: Resource, access: Access) {
  const kept = forSelf(fields);
  if (kept.length === 0) return false;
  const otherOf = ({ roles: may }: Who) => may.find((role) => role !== roles.admin);
  const [reader, creator, updater] = [access.read, access.create, access.update].map(otherOf);
  const literal = (role: string | undefined) => role !== undefined && toLiteral(role);
  const written = writtenForSelf(fields);
  return {
    names: kept.map(({ name }) => toLiteral(name)).join(', '),
    columns: kept.map((field) => `UserModel.${attributeOf(field)}`).join(', '),
    written: written.length > 0 && setOf(written.map(attributeOf)),
    writtenNames: written.map(({ name }) => toLiteral(name)).join(', '),
    // A role that does so with others, and is kept from these fields.
    reader: literal(reader),
    creator: literal(creator),
    updater: literal(updater),
    isHidden: [reader, creator, updater].some((role) => role !== undefined),
  };
}

type BodyField = { attribute: string; type: string; assigned: string; plain: string };

/** A field of an answer or a body that may be left out, and then is not set. */
function unset({ name, column }: ResourceField, type: string, more: readonly string[]) {
  const alias = needsAlias(attributeName(column), name) ? [`Field(alias=${toLiteral(name)})`] : [];
  const told = [...more, ...alias];
  return {
    type: told.length > 0 ? `Annotated[${[type, ...told].join(', ')}]` : type,
    assigned: 'unset()',
  };
}

/** A field of an answer; one with `self` is absent for some callers. */
function answeredOf(
  answered: { attribute: string; type: string; assigned: string },
  fields: readonly ResourceField[],
) {
  const field = fieldOf(answered.attribute, fields);
  return field.self ? { ...answered, ...unset(field, answered.type, ['FOR_SELF']) } : answered;
}

/** What a body that replaces a user has in another way than one that makes a profile. */
function replaceFields(
  body: readonly BodyField[],
  fields: readonly ResourceField[],
  isRef: (field: BodyField) => boolean,
) {
  const isKept = ({ attribute }: BodyField) => fieldOf(attribute, fields).self;
  return body
    .filter((each) => isKept(each) || isRef(each))
    .map((each) =>
      isKept(each) ? { ...each, ...unset(fieldOf(each.attribute, fields), each.type, []) } : each,
    );
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
