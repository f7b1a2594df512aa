import { hash } from 'node:crypto';
import { type Compilable, type RawBuilder, sql } from 'kysely';
import type { Database } from './database.ts';

/** Which rows a change may touch: those of an owner, those in a state that the caller has seen. */
export type Only = { ownerId?: string | undefined; versions?: string[] | undefined };

/** The state of a row, by its text as it is answered: whatever changes the answer makes another. */
export const versionOf = (text: string) => hash('sha256', text, 'base64url');

/**
 * Makes a change if the row that `find` locks is in one of these states: nothing comes between the
 * look at it and the end of the change. Undefined where it is not.
 */
export async function ifSeen<T>(
  db: Database,
  versions: string[] | undefined,
  find: Compilable<object>,
  change: (db: Database) => Promise<T>,
): Promise<T | undefined> {
  if (versions === undefined) return change(db);
  const work = async (transaction: Database) => {
    const { rows } = await transaction.executeQuery(find);
    const isSeen = rows.some((row) => versions.includes(versionOf(JSON.stringify(row))));
    return isSeen ? change(transaction) : undefined;
  };
  return db.isTransaction ? work(db) : db.transaction().execute(work);
}

/** The time of a change: later than that of the change before, so that it tells states apart. */
export function timeOfChange(): RawBuilder<string> {
  const now = new Date().toISOString();
  return sql<string>`greatest(${now}::timestamptz, updated_at + interval '1 millisecond')`;
}
