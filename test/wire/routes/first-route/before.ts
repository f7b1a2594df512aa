import { Router } from 'express';
import type { Dependencies } from './app.ts';

/** Every endpoint of the API, one line each. */
export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  return router;
}
