import compression from 'compression';
import type { NextFunction, Request, Response } from 'express';
import { codedTag } from './versions.ts';

/**
 * Not what has a strong ETag that names no state of a row: it stands for those very bytes, and nothing
 * here would know it again with a coding behind it.
 */
const compressAnswer = compression({
  filter: (req, res) => {
    const tag = String(res.getHeader('ETag') ?? '');
    const isOthers = tag.startsWith('"') && codedTag(tag, 'gzip') === undefined;
    return !isOthers && compression.filter(req, res);
  },
});

/**
 * Compresses answers for who can read that. The compressed bytes have a strong ETag of their own, with
 * the name of their coding behind it (RFC 9110, section 8.8.3.3).
 */
export function compress(req: Request, res: Response, next: NextFunction): void {
  const { writeHead } = res;
  // Compression looks at the headers in a function around this one: by then it has chosen a coding.
  res.writeHead = (...head: unknown[]) => {
    const tag = codedTag(String(res.getHeader('ETag') ?? ''), res.getHeader('Content-Encoding'));
    if (tag !== undefined) res.setHeader('ETag', tag);
    return Reflect.apply(writeHead, res, head);
  };
  compressAnswer(req, res, next);
}
