import type { Request, Response } from 'express';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { sendData } from './envelope.ts';

type Row = { updatedAt: string };

/** Which rows a change may touch: those of an owner, those in a state that the caller has seen. */
export type Only = { ownerId?: string | undefined; versions?: string[] | undefined };

/** Answers one row with its ETag; 304 if the caller has it in that state already. */
export function sendRow(res: Response, row: Row): void {
  const etag = `"${Date.parse(row.updatedAt).toString(36)}"`;
  res.set('ETag', etag);
  if (isSeen(res.req, etag)) res.status(304).end();
  else sendData(res, row);
}

/** Weak and strong tags count alike here, as RFC 9110 has it for `If-None-Match`. */
function isSeen({ method, headers }: Request, etag: string): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  const seen = headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return seen?.some((tag) => tag === etag || tag === '*') ?? false;
}

/** The states that `If-Match` names; undefined where any will do. What is no ETag of ours matches none. */
export function versionsOf(req: Request): string[] | undefined {
  const header = req.get('if-match');
  if (header === undefined || header.trim() === '*') return undefined;
  return header.split(',').flatMap((tag) => {
    const [, time] = /^"([0-9a-z]{1,9})"$/.exec(tag.trim()) ?? [];
    const date = new Date(Number.parseInt(time ?? '', 36));
    return Number.isNaN(date.getTime()) ? [] : [date.toISOString()];
  });
}

export function matching({ ownerId, versions }: Only): RawBuilder<SqlBool> {
  const owned = ownerId === undefined ? sql`true` : sql`owner_id = ${ownerId}`;
  if (versions === undefined) return sql<SqlBool>`${owned}`;
  if (versions.length === 0) return sql<SqlBool>`false`;
  return sql<SqlBool>`(${owned} and updated_at in (${sql.join(versions)}))`;
}

/** The time of a change: later than that of the change before, so that it tells states apart. */
export function timeOfChange(): RawBuilder<string> {
  const now = new Date().toISOString();
  return sql<string>`greatest(${now}::timestamptz, updated_at + interval '1 millisecond')`;
}
