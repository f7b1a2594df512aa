import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { usualSize } from './connections.ts';

/** What one request can ask for. */
export const limits = {
  /** Characters of the document, with its comments. */
  length: 100_000,
  variables: 100,
  /** Names, numbers, braces and so on in the document. */
  tokens: 2000,
  /** Levels of fields. A connection has three. */
  depth: 12,
  /** Objects in the response, if all pages are full. */
  objects: 1000,
  aliases: 30,
  rootFields: 30,
  /** Descriptions of the schema, and aliases in them: each can be as large as the schema. */
  introspections: 3,
};

type Size = { objects: number; depth: number; fields: number };
type Type = GraphQLNamedType | null | undefined;
type Variables = Record<string, unknown>;

/** Why a request is too large to be read at all. */
export function excessOfText(text: string, variables: Variables): GraphQLError | undefined {
  const count = Object.keys(variables).length;
  return refusalOf([
    ['Too long', text.length, limits.length, 'characters'],
    ['Too many variables', count, limits.variables],
  ]);
}

/**
 * Why a document asks for too much. It measures each fragment once, since documents exist whose
 * fragments expand without bounds.
 */
export function excessOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Variables,
): GraphQLError | undefined {
  for (const each of document.definitions) {
    if (each.kind !== Kind.OPERATION_DEFINITION) continue;
    const { depth, objects, aliases, rootFields, introspections } = measure(
      schema,
      document,
      each,
      variables,
    );
    const refusal = refusalOf([
      ['Too deep', depth, limits.depth, 'levels'],
      ['Too many objects', objects, limits.objects],
      ['Too many aliases', aliases, limits.aliases],
      ['Too many root fields', rootFields, limits.rootFields],
      ['Too many introspections', introspections, limits.introspections],
    ]);
    if (refusal) return refusal;
  }
  return undefined;
}

type Measured = [problem: string, count: number, most: number, unit?: string];

/** The first that is more than allowed. */
function refusalOf(all: Measured[]): GraphQLError | undefined {
  const [excess] = all.filter(([, count, most]) => count > most);
  if (!excess) return undefined;
  const [problem, count, most, unit] = excess;
  const measured = unit === undefined ? count : `${count} ${unit}`;
  return new GraphQLError(`${problem}: ${measured}, at most ${most}`, {
    extensions: { code: 'QUERY_TOO_COMPLEX' },
  });
}

function measure(
  schema: GraphQLSchema,
  { definitions }: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
) {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of definitions) {
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  }
  const defaults = new Map(
    operation.variableDefinitions?.map((each) => [each.variable.name.value, each.defaultValue]),
  );
  const measured = new Map<string, Size>();
  let aliases = 0;
  let introspections = 0;

  function sizeOf({ selections }: SelectionSetNode, parent: Type): Size {
    const total = { objects: 0, depth: 0, fields: 0 };
    const names = new Set<string>();
    for (const each of selections) {
      // A repeated field costs validation as much as an alias.
      if (each.kind === Kind.FIELD && names.size === names.add(nameOf(each)).size) aliases += 1;
      const size = sizeOfSelection(each, parent);
      total.objects += size.objects;
      total.fields += size.fields;
      total.depth = Math.max(total.depth, size.depth);
    }
    return total;
  }

  function sizeOfSelection(each: SelectionNode, parent: Type): Size {
    if (each.kind === Kind.FIELD) return sizeOfField(each, parent);
    if (each.kind === Kind.FRAGMENT_SPREAD) return sizeOfFragment(each.name.value);
    const condition = each.typeCondition?.name.value;
    return sizeOf(each.selectionSet, condition ? schema.getType(condition) : parent);
  }

  function sizeOfField(field: FieldNode, parent: Type): Size {
    const name = field.name.value;
    if (field.alias && parent?.name.startsWith('__')) introspections += 1;
    else if (field.alias) aliases += 1;
    if (!field.selectionSet) return { objects: 0, depth: 1, fields: 1 };
    const type = typeOf(name, parent);
    const inside = sizeOf(field.selectionSet, type);
    if (name.startsWith('__')) {
      // It reads no rows, and its usual query is deeper than others.
      introspections += 1;
      return { objects: 0, depth: 1, fields: 1 };
    }
    const own = name === 'edges' || name === 'pageInfo' ? 0 : 1;
    const times = type?.name.endsWith('Connection') ? pageSizeOf(field) : 1;
    return { objects: own + inside.objects * times, depth: inside.depth + 1, fields: 1 };
  }

  function typeOf(name: string, parent: Type): Type {
    if (name === '__schema') return schema.getType('__Schema');
    if (name === '__type') return schema.getType('__Type');
    return isObjectType(parent) ? getNamedType(parent.getFields()[name]?.type) : undefined;
  }

  function sizeOfFragment(name: string): Size {
    const known = measured.get(name);
    if (known) return known;
    // Validation refuses fragments that are missing, or that contain themselves.
    measured.set(name, { objects: 0, depth: 0, fields: 0 });
    const fragment = fragments.get(name);
    if (!fragment) return { objects: 0, depth: 0, fields: 0 };
    const type = schema.getType(fragment.typeCondition.name.value);
    const size = sizeOf(fragment.selectionSet, type);
    measured.set(name, size);
    return size;
  }

  /** A size that is not valid counts as the largest page; the resolver refuses it. */
  function pageSizeOf({ arguments: given = [] }: FieldNode): number {
    const asked = given
      .filter(({ name }) => ['first', 'last', 'limit'].includes(name.value))
      .map(({ value }) => {
        if (value.kind !== Kind.VARIABLE) return value.kind === Kind.INT ? value.value : undefined;
        const name = value.name.value;
        const fallback = defaults.get(name);
        return variables[name] ?? (fallback?.kind === Kind.INT ? fallback.value : undefined);
      })
      .filter((size) => size !== undefined)
      .map(Number);
    const size = Math.max(...asked, ...(asked.length === 0 ? [usualSize] : []));
    return size >= 1 && size <= 100 ? size : 100;
  }

  const root = schema.getRootType(operation.operation);
  const { fields: rootFields, ...size } = sizeOf(operation.selectionSet, root);
  return { ...size, rootFields, aliases, introspections };
}

const nameOf = ({ alias, name }: FieldNode) => (alias ?? name).value;
