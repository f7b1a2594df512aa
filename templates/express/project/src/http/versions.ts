import type { Request, Response } from 'express';
import { versionOf } from '../db/versions.ts';
import { sendText } from './envelope.ts';

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
