import { Router } from 'express';
import type { Dependencies } from './app.ts';

export function createRoutes(deps: Dependencies): Router {
  const open = Router();
  const closed = Router();
  return Router().use(open).use(closed);
}
