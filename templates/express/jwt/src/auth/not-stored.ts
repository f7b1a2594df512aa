import type { RequestHandler } from 'express';

/**
 * Answers about accounts are nobody else's: no cache keeps them. Nor is anything compressed that holds
 * a token: the length would tell of it (BREACH).
 */
export const notStored: RequestHandler = (_req, res, next) => {
  res.setHeader('Cache-Control', 'private, no-store, no-transform');
  next();
};
