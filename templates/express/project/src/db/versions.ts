import { hash } from 'node:crypto';
import { type Compilable, type RawBuilder, sql } from 'kysely';
import type { Database } from './database.ts';

/** Restricts a change to rows of an owner, and to row versions that the caller has seen. */
export type Only = { ownerId?: string | undefined; versions?: string[] | undefined };

/** The version of a row: a hash of its JSON, so that it changes whenever the response changes. */
export const versionOf = (text: string) => hash('sha256', text, 'base64url');

/**
 * Makes a change if the row that `find` selects has one of these versions. `find` locks the row, so
 * no other change can happen in between. Returns undefined if the version is another one.
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

/** The time of a change. Always later than the previous one, so that every change is visible. */
export function timeOfChange(): RawBuilder<string> {
  const now = new Date().toISOString();
  return sql<string>`greatest(${now}::timestamptz, updated_at + interval '1 millisecond')`;
}
