import { Router } from 'express';
import type { Dependencies } from './app.ts';

export function createRoutes(config: Config, deps: Dependencies): Router {
  const router = Router();
  return router;
}
