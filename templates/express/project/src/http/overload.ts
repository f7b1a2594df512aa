import type { RequestHandler } from 'express';
import { type Database, isCrowded } from '../db/database.ts';
import { serviceUnavailable } from './errors.ts';

/**
 * Rejects requests with 503 while too many wait for the database. Accepted requests stay fast, and
 * the others can be retried at once instead of timing out.
 */
export function shedLoad(db: Database): RequestHandler {
  return (_req, _res, next) => {
    if (isCrowded(db)) throw serviceUnavailable();
    next();
  };
}
