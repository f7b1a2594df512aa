import { capitalized, isInGraphql, referenceName } from '../../manifest/graphql-names.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { open, type Who } from '../../manifest/who.ts';
import type { GraphqlType, Value } from '../graphql/describe-type.ts';
import { describeType } from '../graphql/describe-type.ts';
import type { ValueType } from '../graphql/field-types.ts';
import type { Relation } from '../graphql/relations.ts';
import { relationsOf } from '../graphql/relations.ts';
import { toLiteral } from '../python/literal.ts';
import { attributeName, moduleName } from '../python/names.ts';
import type { Resource } from '../resource.ts';
import { listRoles } from './readers.ts';

/** What a service needs to know of who calls; `needsCaller` also where only the resolver does. */
export type Rule = { parameter: string; argument: string; needsCaller?: boolean };
type Rules = Record<'read' | 'create' | 'update' | 'remove', Rule>;

/** What the templates of GraphQL name of an endpoint. */
export function graphqlView(
  manifest: Manifest,
  resource: Resource,
  rules: Rules,
  described = describeType(manifest, resource),
) {
  const { names, operations, rateLimit, access = open } = resource;
  const lists = operations.has('list');
  const creates = operations.has('create');
  const updates = operations.has('update') && described.update.length > 0;
  const deletes = operations.has('delete');
  const use = rateLimit
    ? [`await info.context.count_use(${toLiteral(names.path)}, ${toLiteral(rateLimit)})`]
    : [];
  const resolver = (who: Who, rule: Rule) => ({
    lines: [...use, ...guardLines(who, rule, 'info.context.request')],
  });
  const attributeOf = (name: string) => attributeName(columnOf(resource, name));
  const [one, many] = [memberOf(names.column, names.singular), memberOf(names.table, names.plural)];
  return {
    isFound: lists || operations.has('get'),
    queries: lists || operations.has('get'),
    creates,
    updates,
    deletes,
    mutates: creates || updates || deletes,
    findsByCaller: access.read.kind !== 'public',
    connection: described.counts ? 'CountedConnection' : 'Connection',
    one: one.attribute,
    oneAlias: one.alias,
    many: many.attribute,
    manyAlias: many.alias,
    loaders: loaderImports(described, names.table),
    enums: described.enums.map(({ name, members }) => ({ name, members: membersOf(members) })),
    fields: described.fields.map(({ reference, isSelf, ...value }) => {
      const attribute = attributeOf(value.name);
      return {
        attribute,
        alias: aliasOf(attribute, value.name),
        type: typeOf(value),
        assigned: nameAs(aliasOf(attribute, value.name)),
        isSelf,
        reference: reference ? referenceView(reference, names.table) : false,
      };
    }),
    backward: described.backward.map((relation) => backwardView(relation, names)),
    filters: described.filters.map((value) => inputView(value, resource)),
    sorts: membersOf(described.sort.members),
    createInput: described.create.map((value) => inputView(value, resource)),
    updateInput: described.update.map((value) => inputView(value, resource)),
    read: resolver(access.read, rules.read),
    nested: {
      lines: guardLines(access.read, rules.read, 'context.request'),
      argument: rules.read.argument,
    },
    create: resolver(access.create, rules.create),
    update: resolver(access.update, rules.update),
    remove: resolver(access.delete, rules.remove),
  };
}

/** What its repository and its service have for GraphQL; false where it has no part in it. */
export function graphqlNeeds(manifest: Manifest, resource: Resource) {
  const { names, operations, access = open } = resource;
  if (!isInGraphql(manifest, names.plural)) return false;
  return {
    lists: operations.has('list'),
    isFound: operations.has('list') || operations.has('get'),
    hasParents: relationsOf(manifest, resource).backward.length > 0,
    findsOwn: access.read.isOwner,
    isUnread: unread(access.read),
  };
}

/** Whether a caller, who may be nobody, may read none of the rows. */
function unread({ kind, isOwner, roles }: Who): string {
  if (kind === 'public') return '';
  const isForAll = kind === 'user' || isOwner;
  return isForAll
    ? 'caller is None'
    : `caller is None or not has_role(caller, ${listRoles(roles)})`;
}

/** Asks who calls, and refuses whom the rule keeps out. */
function guardLines({ kind, isOwner, roles }: Who, rule: Rule, request: string): string[] {
  const isPassed = rule.parameter !== '' || rule.needsCaller === true;
  if (kind === 'public') return isPassed ? [`caller = await optional_user(${request})`] : [];
  const isForAll = kind === 'user' || isOwner;
  const guard = isForAll ? 'require_user' : `require_role(${listRoles(roles)})`;
  return [`${isPassed ? 'caller = ' : ''}await ${guard}(${request})`];
}

function referenceView({ name, field, target }: Relation, ownTable: string) {
  const member = memberOf(field.column.replace(/_id$/, ''), name);
  const find = `find_${target.table}`;
  return {
    ...member,
    Singular: target.Singular,
    module: moduleName(target.table),
    load: target.table === ownTable ? find : `${aliasOfModule(target.table)}.${find}`,
  };
}

function backwardView({ name, field, target }: Relation, names: Resource['names']) {
  const of = referenceName(field.name);
  const column = name === names.plural ? names.table : snake(name);
  return {
    ...memberOf(column, name),
    type: target.Singular,
    key: toLiteral(attributeName(field.column)),
    loader: `${names.table}_of_${field.column.replace(/_id$/, '')}`,
    addition: additionOf(names.Plural, of),
  };
}

/** The class with the fields that a reference adds to the type that it points to. */
const additionOf = (Plural: string, of: string) => `${Plural}Of${capitalized(of)}`;

/** The classes of an endpoint for the schema as a whole: its own, and by type what it adds to others. */
export function schemaClasses(
  { Plural, plural }: Resource['names'],
  backward: readonly Relation[],
  added: readonly { type: string; field: { name: string } }[],
) {
  const has = (type: string) => added.some((each) => each.type === type);
  return {
    plural,
    query: has('Query') ? [`${Plural}Query`] : [],
    mutation: has('Mutation') ? [`${Plural}Mutation`] : [],
    additions: backward.map(({ field, target }) => ({
      type: target.Singular,
      name: additionOf(Plural, referenceName(field.name)),
    })),
  };
}

const aliasOfModule = (table: string) => `${table}_graphql`;

/** The modules of other endpoints whose rows it loads. */
function loaderImports({ fields }: GraphqlType, own: string) {
  const tables = fields.flatMap(({ reference }) => (reference ? [reference.target.table] : []));
  return [...new Set(tables)]
    .filter((table) => table !== own)
    .map((table) => ({ module: moduleName(table), alias: aliasOfModule(table) }));
}

const membersOf = (members: readonly { name: string; value: string }[]) =>
  members.map(({ name, value }) => ({ name, value: toLiteral(value) }));

/** What the bodies of classes name, which a method would hide there. */
const inClassBodies = new Set(['strawberry', 'as_list', 'reference', 'result_of']);

/** A method, and its name in the schema where Strawberry would not find it; else false. */
function memberOf(column: string, name: string) {
  const attribute = inClassBodies.has(column) ? `${column}_` : attributeName(column);
  return { attribute, alias: aliasOf(attribute, name) };
}

const aliasOf = (attribute: string, name: string): string | false =>
  camel(attribute) !== name && toLiteral(name);

/** As Strawberry names an attribute. */
function camel(attribute: string): string {
  const [first = '', ...rest] = attribute.split('_');
  const words = rest.map((word) =>
    word === '' ? '_' : word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase(),
  );
  return first + words.join('');
}

const snake = (name: string) => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();

const columnOf = ({ fields }: Resource, name: string): string =>
  fields.find((field) => field.name === name && !field.isBuiltIn)?.column ?? snake(name);

export function inputView(value: Value, resource: Resource) {
  const attribute = attributeName(columnOf(resource, value.name));
  const alias = aliasOf(attribute, value.name);
  const more = value.isNullable ? ['default=UNSET'] : [];
  return {
    attribute,
    type: typeOf(value),
    assigned: alias ? nameAs(alias, ...more) : value.isNullable ? 'UNSET' : '',
  };
}

const nameAs = (alias: string | false, ...more: string[]) =>
  alias === false ? '' : `strawberry.field(${[`name=${alias}`, ...more].join(', ')})`;

const plainTypes: Record<string, string> = {
  String: 'str',
  Int: 'int',
  Float: 'float',
  Boolean: 'bool',
  ID: 'ID',
  Decimal: 'DecimalText',
  JSON: 'Json',
};

function typeOf({ type, isList, isNullable }: Value): string {
  const one = typeName(type);
  return `${isList ? `list[${one}]` : one}${isNullable ? ' | None' : ''}`;
}

const typeName = ({ kind, name }: ValueType) =>
  kind === 'enum' ? `${name}Enum` : (plainTypes[name] ?? name);
