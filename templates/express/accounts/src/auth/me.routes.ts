import { Router } from 'express';
import type { Dependencies } from '../dependencies.ts';
import { readData } from '../http/body.ts';
import { sendData } from '../http/envelope.ts';
import { methodNotAllowed } from '../http/error-handler.ts';
import { notFound } from '../http/errors.ts';
import { parseId, parseInput } from '../http/validation.ts';
import { sendRow, versionsOf } from '../http/versions.ts';
import { patchProfile } from '../modules/users/users.schema.ts';
import { changePassword, listSessionsQuery } from './auth.schema.ts';
import { callerIdOf } from './counters.ts';
import { callerOf } from './guards.ts';
import { mePaths } from './me.openapi.ts';
import { notStored } from './not-stored.ts';
import { originOf } from './origin.ts';

export function meRoutes({ auth, config, limits, logger, openapi, services }: Dependencies): Router {
  const { sessions } = auth;
  const router = Router();
  openapi.add(mePaths);
  router.use('/me', notStored);

  router
    .route('/me')
    .get(auth.requireUser, async (_req, res) => {
      const caller = callerOf(res);
      sendRow(res, await services.users.get(caller.id, caller));
    })
    .patch(auth.requireUser, async (req, res) => {
      const caller = callerOf(res);
      const values = parseInput(patchProfile, readData(req));
      const by = { caller, log: originOf(req, res, logger).log };
      sendRow(res, await services.users.update(caller.id, values, versionsOf(req), by));
    })
    .all(methodNotAllowed('GET', 'PATCH'));

  router
    .route('/me/password')
    .patch(
      auth.requireUser,
      limits('password', config.auth.rateLimit, callerIdOf),
      async (req, res) => {
        const values = parseInput(changePassword, readData(req));
        await services.auth.changePassword(callerOf(res), values, originOf(req, res, logger));
        res.status(204).end();
      },
    )
    .all(methodNotAllowed('PATCH'));

  router
    .route('/me/sessions')
    .get(auth.requireUser, async (req, res) => {
      const { id, sessionId } = callerOf(res);
      const { rows, ...meta } = await sessions.list(id, parseInput(listSessionsQuery, req.query));
      const marked = rows.map((row) => ({ ...row, isCurrent: row.id === sessionId }));
      sendData(res, marked, meta);
    })
    .all(methodNotAllowed('GET'));

  router
    .route('/me/sessions/:id')
    .delete(auth.requireUser, async (req, res) => {
      const sessionId = parseId(req.params.id, 'session');
      const { id: userId } = callerOf(res);
      if (!(await sessions.end(userId, sessionId))) throw notFound('session');
      const { log } = originOf(req, res, logger);
      log.info({ security: 'session_ended', userId, sessionId }, 'session ended');
      res.status(204).end();
    })
    .all(methodNotAllowed('DELETE'));

  return router;
}
