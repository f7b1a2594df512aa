import { type Request, Router } from 'express';
import type { Dependencies } from '../app.ts';
import { readData } from '../http/body.ts';
import { sendData } from '../http/envelope.ts';
import { methodNotAllowed } from '../http/error-handler.ts';
import { notFound } from '../http/errors.ts';
import { parseId, parseInput } from '../http/validation.ts';
import { sendRow } from '../http/versions.ts';
import { createUsersRepository } from '../modules/users/users.repository.ts';
import { notStored, originOf } from './auth.routes.ts';
import { changePassword, listSessionsQuery } from './auth.schema.ts';
import { createAuthService } from './auth.service.ts';
import { callerOf } from './guards.ts';
import { mePaths } from './me.openapi.ts';

export function meRoutes({ auth, config, db, limits, logger, openapi }: Dependencies): Router {
  const { sessions } = auth;
  const users = createUsersRepository(db);
  const service = createAuthService(db, sessions);
  const router = Router();
  openapi.add(mePaths);
  router.use('/me', notStored);

  router
    .route('/me')
    .get(auth.requireUser, async (_req, res) => {
      const user = await users.find(callerOf(res).id);
      if (!user) throw notFound('user');
      sendRow(res, user);
    })
    .all(methodNotAllowed('GET'));

  router
    .route('/me/password')
    .patch(
      auth.requireUser,
      limits('password', config.auth.rateLimit, callerIdOf),
      async (req, res) => {
        const values = parseInput(changePassword, readData(req));
        await service.changePassword(callerOf(res), values, originOf(req, res, logger));
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

/** Whoever has a token could guess the password of its user from any number of addresses. */
function callerIdOf({ res }: Request): string {
  return res ? callerOf(res).id : '';
}
