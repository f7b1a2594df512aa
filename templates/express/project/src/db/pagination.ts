import { hash } from 'node:crypto';
import { type RawBuilder, type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import * as z from 'zod';
import { validationError } from '../http/errors.ts';

/**
 * A column to sort by. Rows with equal values are sorted by id, so that the order is total.
 */
export type Sort = { column: string };
/** `key` is the property of the row that holds the column; `value` is the schema of its values. */
export type CursorSort = Sort & { key: string; value: z.ZodType; nullable?: boolean };

/** Ids are UUIDs of version 7, which sort by time of creation. */
export const byCreation = { column: 'id', key: 'id', value: z.uuid() } satisfies CursorSort;

export type CursorPage<Row> = { rows: Row[]; nextCursor: string | null; limit: number };
export type NumberedPage<Row> = {
  rows: Row[];
  page: number;
  perPage: number;
  totalPages: number;
  total: number;
};

type Order = 'asc' | 'desc';
type CursorQuery = { limit: number; cursor?: string | undefined; sortOrder: Order };
type PageQuery = { page: number; perPage: number; sortOrder: Order };

const position = z.strictObject({
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
  id: z.uuid(),
  seal: z.string(),
});

/**
 * One page by keyset pagination: the rows after the cursor. The cost does not grow with the number
 * of rows before it. A cursor is valid only with the filters and the order it was created for.
 */
export async function paginateByCursor<DB, Table extends keyof DB, Row extends { id: string }>(
  rows: SelectQueryBuilder<DB, Table, Row>,
  query: CursorQuery,
  sort: CursorSort,
): Promise<CursorPage<Row>> {
  const { limit, cursor, ...rest } = query;
  const parts =
    cursor === undefined
      ? [rows]
      : partsBehind(cursor, rest, query, sort).map((part) => rows.where(part));
  const found: Row[] = [];
  for (const part of parts) {
    if (found.length > limit) break;
    const wanted = limit + 1 - found.length;
    found.push(...(await inOrder(part, sort, query.sortOrder).limit(wanted).execute()));
  }

  const last = found.length > limit ? found[limit - 1] : undefined;
  const nextCursor = last ? encodeCursor(last, sort, rest) : null;
  return { rows: found.slice(0, limit), nextCursor, limit };
}

/** One page by number, with the total number of rows and pages. */
export async function paginateByNumber<DB, Table extends keyof DB, Row extends { id: string }>(
  rows: SelectQueryBuilder<DB, Table, Row>,
  query: PageQuery,
  sort: Sort,
): Promise<NumberedPage<Row>> {
  const { page, perPage } = query;
  const counted = await rows
    .clearSelect()
    .select(sql<string>`count(*)`.as('total'))
    .$castTo<{ total: string }>()
    .executeTakeFirstOrThrow();
  const found = await inOrder(rows, sort, query.sortOrder)
    .limit(perPage)
    .offset((page - 1) * perPage)
    .execute();
  const total = Number(counted.total);
  return { rows: found, page, perPage, totalPages: Math.ceil(total / perPage), total };
}

/** Keeps PostgreSQL's default order of nulls, so that one index serves both directions. */
function inOrder<DB, Table extends keyof DB, Row>(
  rows: SelectQueryBuilder<DB, Table, Row>,
  { column }: Sort,
  order: Order,
): SelectQueryBuilder<DB, Table, Row> {
  const sorted = rows.orderBy(sql.ref(column), order);
  return column === 'id' ? sorted : sorted.orderBy(sql.ref('id'), order);
}

/**
 * Conditions for the rows after the cursor, as one query or as two to run one after the other. Rows
 * with a value and rows with null need two queries, since one index scan cannot continue from the
 * values to the nulls.
 */
function partsBehind(
  cursor: string,
  list: object,
  { sortOrder }: CursorQuery,
  sort: CursorSort,
): RawBuilder<SqlBool>[] {
  const { value, id } = decodeCursor(cursor, list, sort);
  const column = sql.ref(sort.column);
  const beyond = sql.raw(sortOrder === 'asc' ? '>' : '<');
  if (sort.column === 'id') return [sql`id ${beyond} ${id}`];
  if (value === null) {
    const behind = sql<SqlBool>`(${column} is null and id ${beyond} ${id})`;
    return sortOrder === 'asc' ? [behind] : [behind, sql`${column} is not null`];
  }
  const behind = sql<SqlBool>`(${column}, id) ${beyond} (${value}, ${id})`;
  return sort.nullable && sortOrder === 'asc' ? [behind, sql`${column} is null`] : [behind];
}

function encodeCursor<Row extends { id: string }>(
  row: Row,
  { key }: CursorSort,
  list: object,
): string {
  const value: unknown = Reflect.get(row, key) ?? null;
  const seal = sealOf(list, value, row.id);
  return Buffer.from(JSON.stringify({ value, id: row.id, seal })).toString('base64url');
}

/** Detects a cursor of another list. It is no signature: any client could compute it. */
const sealOf = (list: object, value: unknown, id: string) =>
  hash('sha256', JSON.stringify([list, value, id]), 'base64url');

function decodeCursor(cursor: string, list: object, sort: CursorSort): z.output<typeof position> {
  const parsed = position.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  if (parsed.success) {
    const { value, id, seal } = parsed.data;
    if (seal === sealOf(list, value, id) && isValueOf(sort, value)) return parsed.data;
  }
  const message =
    'Invalid cursor: expected the nextCursor of a page with the same filters and order';
  throw validationError([{ field: 'cursor', message, value: cursor }]);
}

const isValueOf = ({ value: schema, nullable = false }: CursorSort, value: unknown) =>
  value === null ? nullable : schema.safeParse(value).success;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
