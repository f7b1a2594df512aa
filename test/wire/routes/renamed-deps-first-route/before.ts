import { Router } from 'express';
import type { Dependencies } from './app.ts';

export function createRoutes(services: Dependencies): Router {
  const router = Router();
  return router;
}
