import * as z from 'zod';
import type { Connection, Page } from '../db/connections.ts';
import { parseInput } from '../http/validation.ts';
import { builder, type ObjectRef } from './builder.ts';

export const usualSize = 20;

export const SortOrder = builder.enumType('SortOrder', {
  values: { ASC: { value: 'asc' }, DESC: { value: 'desc' } } as const,
});

const PageInfo = builder.objectRef<Page<{ id: string }>>('PageInfo').implement({
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage'),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage'),
    startCursor: t.string({ nullable: true, resolve: (page) => cursorAt(page, 0) }),
    endCursor: t.string({ nullable: true, resolve: (page) => cursorAt(page, -1) }),
  }),
});

function cursorAt({ rows, cursorOf }: Page<{ id: string }>, index: number): string | null {
  const row = rows.at(index);
  return row ? cursorOf(row) : null;
}

/** The types `<name>Connection` and `<name>Edge` for the rows of `node`. */
export function connectionOf<Row extends { id: string }>(
  name: string,
  node: ObjectRef<Row>,
  { counts = false } = {},
) {
  const Edge = builder.objectRef<{ row: Row; page: Page<Row> }>(`${name}Edge`).implement({
    fields: (t) => ({
      node: t.field({ type: node as ObjectRef<object>, resolve: ({ row }) => row }),
      cursor: t.string({ resolve: ({ row, page }) => page.cursorOf(row) }),
    }),
  });
  return builder.objectRef<Page<Row>>(`${name}Connection`).implement({
    fields: (t) => ({
      edges: t.field({ type: [Edge], resolve: (page) => page.rows.map((row) => ({ row, page })) }),
      pageInfo: t.field({ type: PageInfo, resolve: (page) => page as Page<{ id: string }> }),
      ...(counts && { totalCount: t.int({ resolve: (page) => page.count() }) }),
    }),
  });
}

export const connectionArgs = builder.args((t) => ({
  first: t.int({ description: '1 to 100, and 20 if there is no size.' }),
  after: t.string(),
  last: t.int(),
  before: t.string(),
  limit: t.int({ description: 'Another name of `first`.' }),
  cursor: t.string({ description: 'Another name of `after`.' }),
}));

const size = z.int().min(1).max(100).nullish();
const position = z.string().min(1).max(10_000).nullish();
const slice = z
  .strictObject({
    first: size,
    limit: size,
    last: size,
    after: position,
    cursor: position,
    before: position,
  })
  .superRefine((given, { addIssue }) => {
    for (const [one, other] of exclusive) {
      if (given[one] == null || given[other] == null) continue;
      addIssue({ code: 'custom', path: [other], message: `Cannot be combined with ${one}` });
    }
  });
const exclusive = [
  ['first', 'limit'],
  ['after', 'cursor'],
  ['first', 'last'],
  ['limit', 'last'],
  ['first', 'before'],
  ['limit', 'before'],
  ['after', 'last'],
  ['cursor', 'last'],
  ['after', 'before'],
  ['cursor', 'before'],
] as const;

type Arguments = z.input<typeof slice> & { filter?: object | null | undefined };

/** Parses the arguments with the schema of the same list in REST. */
export function parseConnection<T extends z.ZodObject>(
  schema: T,
  { first, after, last, before, limit, cursor, filter, ...order }: Arguments,
): Connection<z.output<T>> {
  const given = parseInput(slice, { first, after, last, before, limit, cursor });
  const input = { ...order, ...asParameters(filter ?? {}) };
  const query = parseInput(schema, input);
  for (const name of ['limit', 'cursor', 'page', 'perPage']) Reflect.deleteProperty(query, name);
  const isBackward = given.last != null || given.before != null;
  const argument = given.before != null ? 'before' : given.cursor != null ? 'cursor' : 'after';
  return {
    query,
    slice: {
      size: given.first ?? given.limit ?? given.last ?? usualSize,
      cursor: given[argument] ?? undefined,
      argument,
      isBackward,
    },
  };
}

/** Parameters of a URL are text. */
function asParameters(filter: object): Record<string, string> {
  const given = Object.entries(filter).filter(([, value]) => value !== null);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}
