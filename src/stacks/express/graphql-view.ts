import type { Access, Level } from '../../manifest/access.ts';
import { capitalized, referenceName } from '../../manifest/graphql-names.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { Enum, GraphqlType, Value } from '../graphql/describe-type.ts';
import { describeType } from '../graphql/describe-type.ts';
import type { BuiltIn } from '../graphql/field-types.ts';
import type { Relation } from '../graphql/relations.ts';
import type { Resource } from '../resource.ts';
import { toLiteral } from '../typescript/literal.ts';

/** Whether the services of an endpoint ask who calls, by what is done. */
export type Passes = { read: boolean; create: boolean; update: boolean; delete: boolean };

/** What the templates of GraphQL name of an endpoint. */
export function graphqlView(manifest: Manifest, resource: Resource, passes: Passes) {
  const { names, operations, rateLimit, access } = resource;
  const described = describeType(manifest, resource);
  const levels = access ?? open;
  const lists = operations.has('list');
  const gets = operations.has('get');
  const creates = operations.has('create');
  const updates = operations.has('update') && described.update.length > 0;
  const deletes = operations.has('delete');
  const use = rateLimit
    ? `await context.countUse(${toLiteral(names.path)}, ${toLiteral(rateLimit)});`
    : '';
  const rule = (action: keyof Access) => resolverView(levels[action], passes[action], use);
  const { backward } = described;
  return {
    lists,
    gets,
    creates,
    updates,
    deletes,
    queries: lists || gets,
    mutates: creates || updates || deletes,
    counts: described.counts,
    isFound: lists || gets,
    findsByCaller: levels.read !== 'public',
    typeNames: typeNames(described),
    loaderImports: loaderImports(described, names.plural),
    enums: described.enums.map((each) => ({ name: each.name, members: membersOf(each) })),
    fields: described.fields.map(({ reference, ...value }) => ({
      name: value.name,
      exposed: exposed(value),
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
    get: rule('read'),
    list: rule('read'),
    nested: nestedView(levels.read, passes.read),
    create: rule('create'),
    update: rule('update'),
    delete: rule('delete'),
  };
}

/** Where there are no accounts. */
const open: Access = { read: 'public', create: 'public', update: 'public', delete: 'public' };

const rolesOf: Partial<Record<Level, string>> = {
  moderator: "'moderator', 'admin'",
  admin: "'admin'",
};

/** The call that asks who calls, and refuses whom the level keeps out. */
function guardOf(level: Level): string {
  if (level === 'public') return '';
  const roles = rolesOf[level];
  return roles ? `requireRole(context, ${roles})` : 'requireUser(context)';
}

/** What stands in a resolver before its work. */
function resolverView(level: Level, isPassed: boolean, use: string) {
  const guard = guardOf(level);
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
function nestedView(level: Level, isPassed: boolean) {
  const { lines, argument, context } = resolverView(level, isPassed, '');
  return { guard: lines.join('\n'), argument, context };
}

function referenceView({ name, field, target }: Relation) {
  const load = `${target.singular}ById(context).load(${field.name})`;
  return {
    name,
    type: target.Singular,
    load: field.optional ? `${field.name} === null ? null : ${load}` : load,
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
    .sort((one, other) => (one.path < other.path ? -1 : 1))
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

const inputs: Record<BuiltIn, string> = {
  String: 'string',
  Int: 'int',
  Float: 'float',
  Boolean: 'boolean',
  ID: 'id',
};

function inputView({ name, type, isList, isNullable }: Value) {
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
