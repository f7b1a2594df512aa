import { Router } from 'express';
import type { Dependencies } from '../dependencies.ts';
import { readData } from '../http/body.ts';
import { sendData } from '../http/envelope.ts';
import { methodNotAllowed } from '../http/error-handler.ts';
import { pathFor } from '../http/request.ts';
import { parseId, parseInput } from '../http/validation.ts';
import { callerIdOf } from './counters.ts';
import { callerOf } from './guards.ts';
import { identitiesPaths } from './identities.openapi.ts';
import { addIdentity, listIdentitiesQuery } from './oidc.schema.ts';
import { originOf } from './origin.ts';

export function identitiesRoutes({ auth, config, limits, logger, openapi, services }: Dependencies) {
  const service = services.identities;
  const router = Router();
  openapi.add(identitiesPaths);

  router
    .route('/me/identities')
    .get(auth.requireUser, async (req, res) => {
      const query = parseInput(listIdentitiesQuery, req.query);
      const { rows, ...meta } = await service.list(callerOf(res).id, query);
      sendData(res, rows, meta);
    })
    .post(
      auth.requireUser,
      limits('identities', config.auth.rateLimit, callerIdOf),
      async (req, res) => {
        const exchange = parseInput(addIdentity, readData(req));
        const row = await service.add(callerOf(res), exchange, originOf(req, res, logger));
        sendData(res.status(201).location(pathFor(req, `/me/identities/${row.id}`)), row);
      },
    )
    .all(methodNotAllowed('GET', 'POST'));

  router
    .route('/me/identities/:id')
    .delete(auth.requireUser, async (req, res) => {
      const id = parseId(req.params.id, 'identity');
      await service.remove(callerOf(res), id, originOf(req, res, logger));
      res.status(204).end();
    })
    .all(methodNotAllowed('DELETE'));

  return router;
}
