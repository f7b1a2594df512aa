import type { RequestHandler } from 'express';
import { type Database, isCrowded } from '../db/database.ts';
import { serviceUnavailable } from './errors.ts';

/**
 * Sends requests away, before anything is done for them, while too many wait for the database:
 * those that are let in are answered soon, and the others learn at once that they have to come again.
 */
export function shedLoad(db: Database): RequestHandler {
  return (_req, _res, next) => {
    if (isCrowded(db)) throw serviceUnavailable();
    next();
  };
}
