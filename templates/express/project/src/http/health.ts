import { Router } from 'express';
import type { Services } from '../services.ts';
import { sendData } from './envelope.ts';
import { methodNotAllowed } from './error-handler.ts';
import { HttpError } from './errors.ts';

/** `/health`: the process answers. `/ready`: it may get requests, the database is there and current. */
export function healthRoutes({ health }: Services, stopping?: AbortSignal): Router {
  const router = Router();

  router
    .route('/health')
    .get((_req, res) => sendData(res, { status: 'ok' }))
    .all(methodNotAllowed('GET'));

  router
    .route('/ready')
    .get(async (_req, res) => {
      if (stopping?.aborted) throw notReady('stopping');
      const pending = await health.pendingMigrations().catch((error: unknown) => {
        throw notReady('the database does not answer', error);
      });
      if (pending.length > 0) throw notReady(`pending migrations: ${pending.join(', ')}`);
      sendData(res, { status: 'ready' });
    })
    .all(methodNotAllowed('GET'));

  return router;
}

function notReady(reason: string, cause?: unknown): HttpError {
  return new HttpError(503, 'NOT_READY', `Not ready: ${reason}`, { cause });
}
