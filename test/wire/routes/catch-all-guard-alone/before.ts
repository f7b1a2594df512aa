import { Router } from 'express';
import type { Dependencies } from './app.ts';

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  router.all('*', requireUser);
  return router;
}
