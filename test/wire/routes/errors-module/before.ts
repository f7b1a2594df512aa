import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { errorsRoutes } from './modules/errors/errors.routes.ts';

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  router.use(errorsRoutes(deps));
  return router;
}
