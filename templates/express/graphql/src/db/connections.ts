import { type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import { HttpError, validationError } from '../http/errors.ts';
import type { Database } from './database.ts';
import { type CursorSort, cursorsOf, inOrder, type Order, partsBehind } from './pagination.ts';

/** `argument` is the name of the cursor in the request. */
export type Slice = {
  size: number;
  cursor: string | undefined;
  argument: string;
  isBackward: boolean;
};

/** The filters and the order of a list. A cursor belongs to them. */
export type Filters<Query> = Omit<Query, 'limit' | 'cursor' | 'page' | 'perPage'>;

/** A part of the list that `query` describes. */
export type Connection<Query> = { query: Filters<Query>; slice: Slice };

/** The column that refers to the parents, its property in a row, and the ids of the parents. */
type Parents<Row> = { column: string; key: keyof Row & string; ids: readonly string[] };

/** Some consecutive rows of a list, always in the order of the list. */
export type Page<Row> = {
  rows: Row[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  cursorOf(row: Row): string;
  /** Counts the rows of the whole list. */
  count(): Promise<number>;
};

type List = { sortOrder: Order };
type Rows<DB, Table extends keyof DB, Row> = SelectQueryBuilder<DB, Table, Row>;

const opposite = { asc: 'desc', desc: 'asc' } as const;

/** Whether the column has one of the ids. The text of the statement is the same for all numbers. */
export const isOneOf = (column: string, ids: readonly string[]) =>
  sql<SqlBool>`${sql.ref(column)} = any(${[...ids]}::uuid[])`;

/** One page of the rows, read from either end. `list` is what the cursors are bound to. */
export async function connect<DB, Table extends keyof DB, Row extends { id: string }>(
  rows: Rows<DB, Table, Row>,
  { query, slice }: Connection<List>,
  sort: CursorSort,
  list: object = query,
): Promise<Page<Row>> {
  const sortOrder = slice.isBackward ? opposite[query.sortOrder] : query.sortOrder;
  const found: Row[] = [];
  for (const part of partsOf(rows, slice, sortOrder, sort, list)) {
    const wanted = slice.size + 1 - found.length;
    if (wanted > 0) found.push(...(await inOrder(part, sort, sortOrder).limit(wanted).execute()));
  }
  return pageOf(found, slice, sort, list, () => countOf(rows));
}

/** The rows after the cursor. The error of an invalid cursor names its argument. */
function partsOf<DB, Table extends keyof DB, Row>(
  rows: Rows<DB, Table, Row>,
  { cursor, argument, size: limit }: Slice,
  sortOrder: Order,
  sort: CursorSort,
  list: object,
): Rows<DB, Table, Row>[] {
  if (cursor === undefined) return [rows];
  try {
    return partsBehind(cursor, list, { limit, sortOrder }, sort).map((part) => rows.where(part));
  } catch (error) {
    if (!(error instanceof HttpError) || !error.details) throw error;
    throw validationError(error.details.map((detail) => ({ ...detail, field: argument })));
  }
}

/**
 * The same page of the rows of each parent, all in one statement. A cursor belongs to the list of
 * one parent: the others get an error.
 */
export async function connectEach<DB, Table extends keyof DB, Row extends { id: string }>(
  db: Database,
  rows: Rows<DB, Table, Row>,
  { column, key, ids }: Parents<Row>,
  connection: Connection<List>,
  sort: CursorSort,
): Promise<(Page<Row> | Error)[]> {
  const { query, slice } = connection;
  const listOf = (id: string) => ({ ...query, [key]: id });
  if (slice.cursor !== undefined) {
    const pages = ids.map((id) => {
      const own = rows.where(sql<SqlBool>`${sql.ref(column)} = ${id}`);
      return connect(own, connection, sort, listOf(id)).catch((error: Error) => error);
    });
    return Promise.all(pages);
  }

  const sortOrder = slice.isBackward ? opposite[query.sortOrder] : query.sortOrder;
  const own = rows.where(sql<SqlBool>`${sql.ref(column)} = parent.id`);
  const page = inOrder(own, sort, sortOrder).limit(slice.size + 1);
  const order = sql.raw(sortOrder);
  const found = await sql<Row>`
    select page.* from unnest(${[...ids]}::uuid[]) as parent (id)
    cross join lateral ${page} as page
    order by ${sql.ref(`page.${sort.key}`)} ${order}, page.id ${order}
  `.execute(db);
  const byParent = new Map<unknown, Row[]>(ids.map((id) => [id, []]));
  for (const row of found.rows) byParent.get(row[key])?.push(row);

  let counts: Promise<Map<string, number>> | undefined;
  return ids.map((id) =>
    pageOf(byParent.get(id) ?? [], slice, sort, listOf(id), async () => {
      counts ??= countEach(rows, column, ids);
      return (await counts).get(id) ?? 0;
    }),
  );
}

function pageOf<Row extends { id: string }>(
  found: Row[],
  { size, cursor, isBackward }: Slice,
  sort: CursorSort,
  list: object,
  count: () => Promise<number>,
): Page<Row> {
  const isMore = found.length > size;
  const rows = found.slice(0, size);
  if (isBackward) rows.reverse();
  return {
    rows,
    hasNextPage: isBackward ? cursor !== undefined : isMore,
    hasPreviousPage: isBackward ? isMore : cursor !== undefined,
    cursorOf: cursorsOf(sort, list),
    count,
  };
}

async function countOf<DB, Table extends keyof DB, Row>(
  rows: Rows<DB, Table, Row>,
): Promise<number> {
  const { total } = await rows
    .clearSelect()
    .select(sql<string>`count(*)`.as('total'))
    .$castTo<{ total: string }>()
    .executeTakeFirstOrThrow();
  return Number(total);
}

async function countEach<DB, Table extends keyof DB, Row>(
  rows: Rows<DB, Table, Row>,
  column: string,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const parent = sql.ref(column);
  const counted = await rows
    .clearSelect()
    .select([sql<string>`${parent}`.as('parent'), sql<string>`count(*)`.as('total')])
    .where(isOneOf(column, ids))
    .groupBy(parent)
    .$castTo<{ parent: string; total: string }>()
    .execute();
  return new Map(counted.map((each) => [each.parent, Number(each.total)]));
}
