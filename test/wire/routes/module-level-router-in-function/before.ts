import { Router } from 'express';
import type { Dependencies } from './app.ts';

const router = Router();

export function createRoutes(deps: Dependencies): Router {
  return router;
}
