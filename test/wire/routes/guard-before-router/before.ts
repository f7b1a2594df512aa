import { Router } from 'express';
import type { Dependencies } from './app.ts';

export function createRoutes(deps: Dependencies): Router {
  if (!deps.api) return Router();
  const router = Router();
  return router;
}
