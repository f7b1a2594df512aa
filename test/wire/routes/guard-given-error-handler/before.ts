import { Router } from 'express';
import type { Dependencies } from './app.ts';

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  router.use(requireUser(errorHandler));
  return router;
}
