import { hash } from 'node:crypto';
import type { Request, Response } from 'express';
import { type Compilable, type RawBuilder, sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { sendText } from './envelope.ts';

/** Which rows a change may touch: those of an owner, those in a state that the caller has seen. */
export type Only = { ownerId?: string | undefined; versions?: string[] | undefined };

/** The state of a row, as it is answered: whatever changes the answer makes another one of it. */
const versionOf = (text: string) => hash('sha256', text, 'base64url');

/** Answers one row with its ETag; 304 if the caller has it in that state already. */
export function sendRow(res: Response, row: object): void {
  const text = JSON.stringify(row);
  const version = versionOf(text);
  const seen = seenTag(res.req, version);
  res.setHeader('ETag', seen ?? `"${version}"`);
  if (seen === undefined) sendText(res, text);
  else res.status(304).end();
}

/** A version may have the name of a content coding behind it, and be weak by what came between. */
const ownTag = /^(W\/)?"([\w-]{43})(?:-[a-z]+)?"$/;

const tagsIn = (header: string) => header.split(',').map((tag) => tag.trim());

/** The tag of a row whose answer has this content coding; undefined for any other tag or none. */
export function codedTag(tag: string, coding: unknown): string | undefined {
  const [, weak, version] = ownTag.exec(tag) ?? [];
  const isCoded = typeof coding === 'string' && /^[a-z]+$/.test(coding) && coding !== 'identity';
  return version === undefined || weak || !isCoded ? undefined : `"${version}-${coding}"`;
}

/** The tag of this state that the caller has; weak ones count, as RFC 9110 has it for reads. */
function seenTag({ method, headers }: Request, version: string): string | undefined {
  if (method !== 'GET' && method !== 'HEAD') return undefined;
  const header = headers['if-none-match'];
  if (header === undefined) return undefined;
  if (header.trim() === '*') return `"${version}"`;
  return tagsIn(header).find((tag) => ownTag.exec(tag)?.[2] === version);
}

/** The states that `If-Match` names; undefined where any will do. Weak tags match none. */
export function versionsOf(req: Request): string[] | undefined {
  const header = req.get('if-match');
  if (header === undefined || header.trim() === '*') return undefined;
  return tagsIn(header).flatMap((tag) => {
    const [, weak, version] = ownTag.exec(tag) ?? [];
    return version === undefined || weak ? [] : [version];
  });
}

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
