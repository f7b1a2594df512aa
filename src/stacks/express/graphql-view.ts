import { capitalized, isInGraphql, referenceName } from '../../manifest/graphql-names.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { open, type Who } from '../../manifest/who.ts';
import type { Enum, GraphqlType, Value } from '../graphql/describe-type.ts';
import { describeType } from '../graphql/describe-type.ts';
import type { BuiltIn } from '../graphql/field-types.ts';
import type { Relation } from '../graphql/relations.ts';
import { relationsOf } from '../graphql/relations.ts';
import type { Resource } from '../resource.ts';
import { toLiteral } from '../typescript/literal.ts';
import { compareModules } from '../typescript/wire/module-order.ts';
import { listRoles } from './readers.ts';

/** What the service says of who may do what, as in `accessView`. */
type Rules = Record<'read' | 'create' | 'update' | 'remove', { parameter: string }>;

/** What the templates of GraphQL name of an endpoint. */
export function graphqlView(
  manifest: Manifest,
  resource: Resource,
  rules: Rules,
  described = describeType(manifest, resource),
) {
  const { names, operations, rateLimit, access = open } = resource;
  const { backward } = described;
  const lists = operations.has('list');
  const gets = operations.has('get');
  const creates = operations.has('create');
  const updates = operations.has('update') && described.update.length > 0;
  const deletes = operations.has('delete');
  const use = rateLimit
    ? `await context.countUse(${toLiteral(names.path)}, ${toLiteral(rateLimit)});`
    : '';
  const resolver = (who: Who, { parameter }: Rules[keyof Rules]) =>
    resolverView(who, parameter !== '', use);
  return {
    ...names,
    lists,
    gets,
    creates,
    updates,
    deletes,
    queries: lists || gets,
    mutates: creates || updates || deletes,
    counts: described.counts,
    isFound: lists || gets,
    findsByCaller: access.read.kind !== 'public',
    typeNames: typeNames(described),
    loaderImports: loaderImports(described, names.plural),
    enums: described.enums.map((each) => ({ name: each.name, members: membersOf(each) })),
    fields: described.fields.map(({ reference, isSelf, ...value }) => ({
      name: value.name,
      exposed: isSelf ? exposedToSelf(value, resource.roles.admin) : exposed(value),
      reference: reference ? referenceView(reference) : false,
    })),
    backward: backward.map(({ name, field, target }) => ({
      name,
      type: target.Singular,
      key: field.name,
      loader: `${names.plural}Of${capitalized(referenceName(field.name))}`,
    })),
    filters: described.filters.map(inputView),
    sortMembers: membersOf(described.sort),
    createInput: described.create.map(inputView),
    updateInput: described.update.map(inputView),
    read: resolver(access.read, rules.read),
    nested: nestedView(access.read, rules.read.parameter !== ''),
    create: resolver(access.create, rules.create),
    update: resolver(access.update, rules.update),
    remove: resolver(access.delete, rules.remove),
  };
}

/** What its repository and its service have for GraphQL; false where it has no part in it. */
export function graphqlNeeds(
  manifest: Manifest,
  resource: Resource,
  { isFiltered, listsOwn }: { isFiltered: boolean; listsOwn: boolean },
) {
  const { names, operations, access = open } = resource;
  if (!isInGraphql(manifest, names.plural)) return false;
  const { backward } = relationsOf(manifest, resource);
  const matches = [...(isFiltered ? ['query'] : []), ...(listsOwn ? ['ownerId'] : [])];
  return {
    lists: operations.has('list'),
    isFound: operations.has('list') || operations.has('get'),
    findsOwn: access.read.isOwner,
    matches: matches.join(', '),
    parents: backward.map(({ field }) => `${field.name}: ${toLiteral(field.column)}`).join(', '),
    needsCaller: access.read.kind !== 'public',
    readers: readersOf(access.read),
  };
}

/** The roles of the only callers who may read rows; empty where no role is asked for. */
const readersOf = ({ kind, isOwner, roles }: Who): string =>
  kind === 'public' || kind === 'user' || isOwner ? '' : listRoles(roles);

/** The call that asks who calls, and refuses whom the rule keeps out. */
function guardOf({ kind, isOwner, roles }: Who): string {
  if (kind === 'public') return '';
  const isForAll = kind === 'user' || isOwner;
  return isForAll ? 'requireUser(context)' : `requireRole(context, ${listRoles(roles)})`;
}

/** What stands in a resolver before its work. */
function resolverView(who: Who, isPassed: boolean, use: string) {
  const guard = guardOf(who);
  const asks = guard && isPassed ? `const caller = ${guard};` : guard && `${guard};`;
  const argument = !isPassed ? '' : guard ? ', caller' : ', context.caller';
  const lines = [use, asks].filter((line) => line !== '');
  return {
    head: use ? 'async ' : '',
    lines,
    argument,
    context: lines.length > 0 || argument ? 'context' : '{ services }',
  };
}

/** The same for the pages below the rows of another endpoint, which no limit counts. */
function nestedView(who: Who, isPassed: boolean) {
  const guard = guardOf(who);
  if (!isPassed) return { guard, argument: '', context: '{ services }', services: 'services' };
  const argument = `, ${guard || 'context.caller'}`;
  return { guard: '', argument, context: 'context', services: 'context.services' };
}

function referenceView({ name, field, target }: Relation) {
  const load = `${target.singular}ById(context).load(${field.name})`;
  return {
    name,
    type: target.Singular,
    load: field.optional ? `(${field.name} === null ? null : ${load})` : load,
  };
}

function typeNames({ name, fields, backward }: GraphqlType): string {
  const targets = [...fields.flatMap(({ reference }) => reference ?? []), ...backward];
  const names = [name, ...targets.map(({ target }) => target.Singular)];
  return [...new Set(names)].map((each) => `${each}Ref`).join(', ');
}

/** The loaders of other endpoints, in the order of their files. */
function loaderImports({ fields }: GraphqlType, own: string) {
  const targets = fields.flatMap(({ reference }) => (reference ? [reference.target] : []));
  const byPath = new Map(targets.map((target) => [target.path, target]));
  return [...byPath.values()]
    .filter(({ plural }) => plural !== own)
    .sort((one, other) => compareModules(one.path, other.path))
    .map(({ singular, path }) => ({ name: `${singular}ById`, path }));
}

const membersOf = ({ members }: Enum): string =>
  members.map(({ name, value }) => `${name}: { value: ${toLiteral(value)} }`).join(', ');

const exposers: Record<BuiltIn, string> = {
  String: 'exposeString',
  Int: 'exposeInt',
  Float: 'exposeFloat',
  Boolean: 'exposeBoolean',
  ID: 'exposeID',
};

function exposed({ name, type, isList, isNullable }: Value): string {
  const key = toLiteral(name);
  if (type.kind === 'built in') {
    const options = isNullable ? ', { nullable: true }' : '';
    return `t.${exposers[type.name]}${isList ? 'List' : ''}(${key}${options})`;
  }
  return `t.expose(${key}, { type: ${typeCode(type, isList)}${isNullable ? ', nullable: true' : ''} })`;
}

/** A field that the resolver of a user answers only to themselves and to who administers. */
function exposedToSelf({ name, type, isList }: Value, admin: string): string {
  const isTheirs = `caller && mayReadUser(user.id, caller, ${toLiteral(admin)})`;
  const resolve = `resolve: (user, _args, { caller }) => ${isTheirs} ? user.${name} : null`;
  if (type.kind === 'built in') {
    return `t.${inputs[type.name]}${isList ? 'List' : ''}({ nullable: true, ${resolve} })`;
  }
  return `t.field({ type: ${typeCode(type, isList)}, nullable: true, ${resolve} })`;
}

const inputs: Record<BuiltIn, string> = {
  String: 'string',
  Int: 'int',
  Float: 'float',
  Boolean: 'boolean',
  ID: 'id',
};

export function inputView({ name, type, isList, isNullable }: Value) {
  const required = isNullable ? '' : 'required: true';
  if (type.kind === 'built in') {
    const options = required && `{ ${required} }`;
    return { name, input: `t.${inputs[type.name]}${isList ? 'List' : ''}(${options})` };
  }
  const options = [`type: ${typeCode(type, isList)}`, ...(required ? [required] : [])];
  return { name, input: `t.field({ ${options.join(', ')} })` };
}

function typeCode({ kind, name }: Value['type'], isList: boolean): string {
  const one = kind === 'enum' ? `${name}Enum` : toLiteral(name);
  return isList ? `[${one}]` : one;
}
