import {
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isObjectType,
} from 'graphql';
import { oddValues, type Pick } from '../accounts/fuzz-values.ts';

export type FuzzRequest = { query: unknown; variables?: unknown; operationName?: unknown };

const noise = [
  ...['{', '}', '(', ')', '[', ']', '!', '$', '@', '...', ':', '=', '|', '&', '"', '"""', '#', ','],
  ...[
    '\\u{110000}',
    '"\\ud800"',
    '\0',
    '\ufeff',
    '🙂',
    '-',
    '1e999',
    '0x1',
    'null',
    'on',
    'fragment',
  ],
  ...[
    'query',
    'mutation',
    'subscription',
    'type Query { a: Int }',
    'extend schema @a',
    '__typename',
  ],
];
const directives = [
  '@skip(if: true)',
  '@include(if: false)',
  '@skip',
  '@nope',
  '@deprecated',
  '@skip(if: $a)',
];

/** A request that mostly follows the schema, and is wrong somewhere. */
export function anyDocument(
  pick: Pick,
  schema: GraphQLSchema,
  ids: readonly string[],
): FuzzRequest {
  if (pick.chance(0.05)) return oddRequest(pick);
  const fragments: string[] = [];
  const kind = pick(['query', 'query', 'mutation'] as const);
  const root = kind === 'query' ? schema.getQueryType() : schema.getMutationType();
  const body = selection(root?.name ?? 'Query', 3);
  const head = pick([
    kind,
    kind,
    kind,
    `${kind} Named`,
    `${kind} ($a: ${pick(['Int', 'ID!', '[String!]', 'Nope', 'PostFilter'])} = ${literal(pick)})`,
  ]);
  const text = [`${head} ${body}`, ...fragments].join('\n');
  return {
    query: pick.chance(0.25) ? broken(text) : text,
    ...(pick.chance(0.4) && {
      variables: pick.chance(0.8) ? { a: pick(oddValues) } : pick(oddValues),
    }),
    ...(pick.chance(0.05) && { operationName: pick([...oddValues, 'Named']) }),
  };

  function selection(name: string, depth: number): string {
    const type = schema.getType(name);
    const fields = isObjectType(type) ? Object.values(type.getFields()) : [];
    // At the end of a path there are values only, or every document would be wrong.
    const ends = fields.filter(({ type }) => depth > 0 || !isObjectType(getNamedType(type)));
    const left = ends.length > 0 ? [...ends] : [...fields];
    const chosen = Array.from({ length: pick([1, 1, 2, 3, 5]) }, () => {
      if (left.length === 0) return '__typename';
      if (pick.chance(0.01)) return pick(['__typename', 'nope', '__schema { types { name } }']);
      const field = pick(left);
      left.splice(left.indexOf(field), 1);
      const alias = pick.chance(0.03) ? `${pick(['a', 'b', 'id'])}: ` : '';
      const args = field.args.filter((arg) => pick.chance(isRequired(arg) ? 0.99 : 0.1));
      const given = args.map((arg) => `${arg.name}: ${value(arg.type)}`).join(', ');
      const of = getNamedType(field.type);
      const inside = isObjectType(of) && depth > -3 ? ` ${selection(of.name, depth - 1)}` : '';
      const directive = pick.chance(0.02) ? ` ${pick(directives)}` : '';
      return `${alias}${field.name}${given ? `(${given})` : ''}${directive}${inside}`;
    });
    const all = chosen.join(' ');
    if (!pick.chance(0.05)) return `{ ${all} }`;
    const fragment = `F${pick([0, 1, 2])}`;
    const on = pick.chance(0.9) ? name : pick(['Post', 'Nope', 'String', 'Query']);
    fragments.push(
      `fragment ${fragment} on ${on} { ${all} ${pick.chance(0.1) ? `...${fragment}` : ''} }`,
    );
    return `{ ...${fragment} }`;
  }

  function value(type: GraphQLType): string {
    if (pick.chance(0.05)) return literal(pick);
    if (pick.chance(0.02)) return '$a';
    const of = getNamedType(type);
    const one = (): string => {
      if (isInputObjectType(of)) {
        const fields = Object.values(of.getFields()).filter((field) =>
          pick.chance(isRequired(field) ? 0.97 : 0.4),
        );
        return `{ ${fields.map((field) => `${field.name}: ${value(field.type)}`).join(', ')} }`;
      }
      if (isEnumType(of)) return pick(of.getValues()).name;
      if (of.name === 'ID') return JSON.stringify(pick(ids));
      if (of.name === 'Int') return pick(['1', '20', '100', '0', '-1', '101', '2147483648']);
      if (of.name === 'Boolean') return pick(['true', 'false']);
      return pick(['"a text"', '"2026-01-31T12:00:00Z"', literal(pick)]);
    };
    return isListType(type) ? `[${one()}, ${one()}]` : one();
  }

  function broken(text: string): string {
    const at = pick(Array.from({ length: text.length }, (_, index) => index));
    const length = pick([0, 1, 3, 10]);
    return text.slice(0, at) + pick(noise) + text.slice(at + length);
  }
}

const isRequired = ({ type }: { type: GraphQLType }) => String(type).endsWith('!');

/** A value as a document writes it. */
function literal(pick: Pick): string {
  const text = JSON.stringify(pick(oddValues)) ?? 'null';
  return pick.chance(0.8)
    ? text.replace(/"(\w+)":/g, '$1: ')
    : pick(['NOPE', '$b', '{ a: { a: 1 } }', '[[[]]]', '""" block """', '1.']);
}

function oddRequest(pick: Pick): FuzzRequest {
  return {
    query: pick([...oddValues, '{ __typename }']),
    variables: pick(oddValues),
    operationName: pick(oddValues),
  };
}
