import type { RequestHandler } from 'express';

/**
 * Responses about accounts must not be cached. They must not be compressed either, since the length
 * of a compressed response can reveal a token (BREACH).
 */
export const notStored: RequestHandler = (_req, res, next) => {
  res.setHeader('Cache-Control', 'private, no-store, no-transform');
  next();
};
