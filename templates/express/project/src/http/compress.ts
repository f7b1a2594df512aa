import compression from 'compression';
import type { NextFunction, Request, Response } from 'express';
import { codedTag } from './versions.ts';

/**
 * Does not compress responses with a strong ETag that is not the ETag of a row. Such a tag
 * identifies the exact bytes, and `codedTag` cannot create another one for the compressed bytes.
 */
const compressAnswer = compression({
  filter: (req, res) => {
    const tag = String(res.getHeader('ETag') ?? '');
    const isOthers = tag.startsWith('"') && codedTag(tag, 'gzip') === undefined;
    return !isOthers && compression.filter(req, res);
  },
});

/**
 * Compresses responses for clients that accept it. A compressed response gets its own strong ETag,
 * with the content coding as a suffix (RFC 9110, section 8.8.3.3).
 */
export function compress(req: Request, res: Response, next: NextFunction): void {
  const { writeHead } = res;
  // `compression` wraps this function, so the content coding is set when this one runs.
  res.writeHead = (...head: unknown[]) => {
    const tag = codedTag(String(res.getHeader('ETag') ?? ''), res.getHeader('Content-Encoding'));
    if (tag !== undefined) res.setHeader('ETag', tag);
    return Reflect.apply(writeHead, res, head);
  };
  compressAnswer(req, res, next);
}
