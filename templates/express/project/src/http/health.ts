import { Router } from 'express';
import type { Database } from '../db/database.ts';
import { pendingMigrations } from '../db/migrations.ts';
import { sendData } from './envelope.ts';
import { methodNotAllowed } from './error-handler.ts';
import { HttpError } from './errors.ts';

const patience = 2000;

/** `/health`: the process responds. `/ready`: the database responds and no migration is pending. */
export function healthRoutes(db: Database, stopping?: AbortSignal): Router {
  const router = Router();

  router
    .route('/health')
    .get((_req, res) => sendData(res, { status: 'ok' }))
    .all(methodNotAllowed('GET'));

  router
    .route('/ready')
    .get(async (_req, res) => {
      if (stopping?.aborted) throw notReady('shutting down');
      const pending = await withinPatience(pendingMigrations(db));
      if (pending.length > 0) throw notReady(`pending migrations: ${pending.join(', ')}`);
      sendData(res, { status: 'ready' });
    })
    .all(methodNotAllowed('GET'));

  return router;
}

function notReady(reason: string, cause?: unknown): HttpError {
  return new HttpError(503, 'NOT_READY', `Not ready: ${reason}`, { cause });
}

async function withinPatience<T>(answer: Promise<T>): Promise<T> {
  const timeout = AbortSignal.timeout(patience);
  const expired = new Promise<never>((_resolve, reject) => {
    timeout.addEventListener('abort', () => reject(timeout.reason));
  });
  try {
    return await Promise.race([answer, expired]);
  } catch (error) {
    throw notReady('the database does not respond', error);
  }
}
