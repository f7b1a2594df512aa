import { Router } from 'express';
import type { Dependencies } from '../../app.ts';
import { callerOf } from '../../auth/guards.ts';
import { readData } from '../../http/body.ts';
import { sendData } from '../../http/envelope.ts';
import { methodNotAllowed } from '../../http/error-handler.ts';
import { parseId, parseInput } from '../../http/validation.ts';
import { sendRow, versionsOf } from '../../http/versions.ts';
import { usersPaths } from './users.openapi.ts';
import { createUsersRepository } from './users.repository.ts';
import { listUsersQuery, patchUser } from './users.schema.ts';
import { createUsersService } from './users.service.ts';

export function usersRoutes({ auth, db, logger, openapi }: Dependencies): Router {
  const service = createUsersService(createUsersRepository(db), auth.sessions);
  const router = Router();
  openapi.add(usersPaths);

  router
    .route('/users')
    .get(auth.requireRole('admin'), async (req, res) => {
      const query = parseInput(listUsersQuery, req.query);
      const { rows, ...meta } = await service.list(query);
      sendData(res, rows, meta);
    })
    .all(methodNotAllowed('GET'));

  router
    .route('/users/:id')
    .get(auth.requireRole('admin'), async (req, res) => {
      sendRow(res, await service.get(parseId(req.params.id, 'user')));
    })
    .patch(auth.requireRole('admin'), async (req, res) => {
      const id = parseId(req.params.id, 'user');
      const values = parseInput(patchUser, readData(req));
      const log = logger.child({ requestId: res.locals.requestId });
      const row = await service.update(id, values, versionsOf(req), callerOf(res), log);
      sendRow(res, row);
    })
    .all(methodNotAllowed('GET', 'PATCH'));

  return router;
}
