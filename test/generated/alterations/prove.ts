import { expect } from 'vitest';
import { alterTable } from '../../../src/stacks/postgres/alter.ts';
import type { Resource } from '../../../src/stacks/resource.ts';
import { attempt, describeTable, type TestDatabase, undone } from './databases.ts';
import { createPosts, insertPosts, type TableChange, valuesIn } from './tables.ts';

type Row = Record<string, string>;
type Shapes = { before: string[]; after: string[] };

/** What became of the rows: the values of the columns that were asked for, or why it stopped. */
export type Outcome = {
  refusal?: string;
  /** What they held at first. */
  held: unknown[];
  values?: unknown[];
  refusalBack?: string;
  back?: unknown[];
};

/** That of no rows. */
export const untouched: Outcome = { held: [], values: [], back: [] };

const known = new WeakMap<TestDatabase, Map<string, string[]>>();

/** A table that is made from scratch. */
async function shapeOf(database: TestDatabase, posts: Resource): Promise<string[]> {
  const shapes = known.get(database) ?? new Map<string, string[]>();
  known.set(database, shapes);
  const key = JSON.stringify(posts.fields);
  const shape =
    shapes.get(key) ??
    (await undone(database, async () => {
      await createPosts(database, posts);
      return await describeTable(database, 'posts');
    }));
  shapes.set(key, shape);
  return shape;
}

/**
 * Runs a change up and down on a table with rows: it looks afterwards as if it was made so, and as
 * before again. Where rows do not fit nothing has changed, which was said beforehand, and the same
 * is proved without them.
 */
export async function proveBothWays(
  database: TestDatabase,
  change: TableChange,
  rows: readonly Row[],
): Promise<Outcome> {
  const { before, after } = change;
  const shapes = { before: await shapeOf(database, before), after: await shapeOf(database, after) };
  const outcome = await proveWithRows(database, change, rows, shapes);
  if (outcome.refusal !== undefined || outcome.refusalBack !== undefined) {
    expect(await proveWithRows(database, change, [], shapes)).toEqual(untouched);
  }
  return outcome;
}

async function proveWithRows(
  database: TestDatabase,
  { before, after, renames }: TableChange,
  rows: readonly Row[],
  shapes: Shapes,
): Promise<Outcome> {
  const { up, down, risks } = alterTable(before, after, renames);
  const [columnBefore, columnAfter] = [before, after].map(({ fields }) => fields[1]?.column);
  return await undone(database, async () => {
    await createPosts(database, before);
    await insertPosts(database, rows);
    const valuesOf = async (column: string | undefined) =>
      column === undefined ? [] : await valuesIn(database, column);
    const held = await valuesOf(columnBefore);

    const refusal = await attempt(database, up);
    if (refusal !== undefined) {
      expect(risks.map(({ kind }) => kind)).toContain('stops');
      expect(await describeTable(database, 'posts')).toEqual(shapes.before);
      return { held, refusal };
    }
    expect(await describeTable(database, 'posts')).toEqual(shapes.after);
    const values = await valuesOf(columnAfter);

    const refusalBack = await attempt(database, down);
    if (refusalBack !== undefined) {
      expect(await describeTable(database, 'posts')).toEqual(shapes.after);
      return { held, values, refusalBack };
    }
    expect(await describeTable(database, 'posts')).toEqual(shapes.before);
    expect(await database.query('select id from posts')).toHaveLength(rows.length);
    return { held, values, back: await valuesOf(columnBefore) };
  });
}
