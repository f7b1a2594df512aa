import type { Request, Response } from 'express';
import { versionOf } from '../db/versions.ts';
import { sendText } from './envelope.ts';

/** Sends one row with its ETag, or 304 if the caller already has this version. */
export function sendRow(res: Response, row: object): void {
  const text = JSON.stringify(row);
  const version = versionOf(text);
  const seen = seenTag(res.req, version);
  res.setHeader('ETag', seen ?? `"${version}"`);
  if (seen === undefined) sendText(res, text);
  else res.status(304).end();
}

/** Compression may append the content coding to the version, and a proxy may make the tag weak. */
const ownTag = /^(W\/)?"([\w-]{43})(?:-[a-z]+)?"$/;

const tagsIn = (header: string) => header.split(',').map((tag) => tag.trim());

/** The ETag of a row in a compressed response. Undefined if the tag is not the ETag of a row. */
export function codedTag(tag: string, coding: unknown): string | undefined {
  const [, weak, version] = ownTag.exec(tag) ?? [];
  const isCoded = typeof coding === 'string' && /^[a-z]+$/.test(coding) && coding !== 'identity';
  return version === undefined || weak || !isCoded ? undefined : `"${version}-${coding}"`;
}

/** The tag in `If-None-Match` that matches the version. Weak tags match too (RFC 9110, 13.1.2). */
function seenTag({ method, headers }: Request, version: string): string | undefined {
  if (method !== 'GET' && method !== 'HEAD') return undefined;
  const header = headers['if-none-match'];
  if (header === undefined) return undefined;
  if (header.trim() === '*') return `"${version}"`;
  return tagsIn(header).find((tag) => ownTag.exec(tag)?.[2] === version);
}

/** The versions in `If-Match`; undefined if any version is accepted. Weak tags never match. */
export function versionsOf(req: Request): string[] | undefined {
  const header = req.get('if-match');
  if (header === undefined || header.trim() === '*') return undefined;
  return tagsIn(header).flatMap((tag) => {
    const [, weak, version] = ownTag.exec(tag) ?? [];
    return version === undefined || weak ? [] : [version];
  });
}
