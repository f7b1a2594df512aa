import {
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isLeafType,
  isObjectType,
} from 'graphql';

/** A field that leads to one row or to a page of rows; `key` is the field with the id between them. */
export type Step = { field: string; type: string; isList: boolean; key: string; counts: boolean };

/** How many rows of each page are asked for: all that the tests have. */
const size = 6;

const fieldsOf = (schema: GraphQLSchema, type: string) => {
  const found = schema.getType(type);
  if (!isObjectType(found)) throw new Error(`${type} is no type with fields`);
  return Object.values(found.getFields());
};

/** The names of the fields of a row that hold values, and which of them are enums. */
export function valuesOf(schema: GraphQLSchema, type: string) {
  return fieldsOf(schema, type)
    .filter((field) => isLeafType(getNamedType(field.type)))
    .map((field) => ({ name: field.name, isEnum: isEnumType(getNamedType(field.type)) }));
}

/** Every way of some steps from a type. */
export function pathsFrom(schema: GraphQLSchema, type: string, steps: number): Step[][] {
  if (steps === 0) return [[]];
  const next = stepsFrom(schema, type);
  return next.flatMap((step) =>
    pathsFrom(schema, step.type, steps - 1).map((rest) => [step, ...rest]),
  );
}

/** The fields of a type that lead to rows. */
export function stepsFrom(schema: GraphQLSchema, type: string): Step[] {
  return fieldsOf(schema, type).flatMap(({ name: field, type: of, args }): Step[] => {
    const target = getNamedType(of);
    if (!isObjectType(target) || args.some(({ name }) => name === 'id')) return [];
    const fields = target.getFields();
    const node = fields.edges && nodeOf(getNamedType(fields.edges.type));
    if (!node)
      return [{ field, type: target.name, isList: false, key: `${field}Id`, counts: false }];
    const key = keyOf(schema, type, node.name, field);
    return [{ field, type: node.name, isList: true, key, counts: 'totalCount' in fields }];
  });
}

function nodeOf(edge: unknown): GraphQLObjectType | undefined {
  const node = isObjectType(edge) ? getNamedType(edge.getFields().node?.type) : undefined;
  return isObjectType(node) ? node : undefined;
}

/** `user.postsByReviewer` are the posts with that `reviewerId`, `user.posts` those of the first. */
function keyOf(schema: GraphQLSchema, parent: string, child: string, field: string): string {
  const back = fieldsOf(schema, child).filter(({ type }) => getNamedType(type).name === parent);
  const named = back.find(({ name }) => field.toLowerCase().endsWith(`by${name}`.toLowerCase()));
  return `${(named ?? back[0])?.name}Id`;
}

/** The document that follows a path, and asks for every value on its way. */
export function documentOf(schema: GraphQLSchema, path: readonly Step[]): string {
  const [step, ...rest] = path;
  if (!step) return '';
  const values = valuesOf(schema, step.type).map(({ name }) => name);
  const inside = `${values.join(' ')} ${documentOf(schema, rest)}`;
  if (!step.isList) return `${step.field} { ${inside} }`;
  const total = step.counts ? 'totalCount' : '';
  return `${step.field}(first: ${size}) {
    edges { node { ${inside} } } pageInfo { hasNextPage hasPreviousPage } ${total}
  }`;
}
