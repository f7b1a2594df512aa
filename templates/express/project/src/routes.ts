import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { readJson } from './http/body.ts';

/** Every endpoint of the API, one line each. */
export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  router.use(readJson(deps.config.bodyLimit));
  return router;
}
