import { hash } from 'node:crypto';
import { type RawBuilder, type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import * as z from 'zod';
import { validationError } from '../http/errors.ts';

/**
 * A column to sort by. Rows with the same value follow each other by id, so that no two rows share a
 * place.
 */
export type Sort = { column: string };
/** `key` is the name of the column in the answer, `value` what it holds. */
export type CursorSort = Sort & { key: string; value: z.ZodType; nullable?: boolean };

/** Ids are made in the order of time: the order of creation is theirs. */
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
 * One page by keyset: the rows behind the cursor, however many came before. The cursor belongs to
 * the filters and the order it was made for; with others it is refused.
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

/** One page by number, with the total of all pages. */
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

/** PostgreSQL's own order of nulls (last when ascending), so that one index serves both orders. */
function inOrder<DB, Table extends keyof DB, Row>(
  rows: SelectQueryBuilder<DB, Table, Row>,
  { column }: Sort,
  order: Order,
): SelectQueryBuilder<DB, Table, Row> {
  const sorted = rows.orderBy(sql.ref(column), order);
  return column === 'id' ? sorted : sorted.orderBy(sql.ref('id'), order);
}

/**
 * The rows behind the cursor, as one part or as two that follow each other. Those with a value and
 * those without are two, since no index leads in one go from a place among the ones to the others.
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

/** Tells a cursor of this list from those of others. Anybody can make one: it proves nothing else. */
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
