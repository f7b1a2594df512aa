import { Router } from 'express';
import type { Dependencies } from './app.ts';

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  router.use(requestLog(deps.logger));
  // Whatever is left is unknown.
  router.use(notFoundHandler());
  return router;
}
