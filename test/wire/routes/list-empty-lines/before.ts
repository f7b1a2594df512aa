import { Router } from 'express';
import type { Dependencies } from './app.ts';

const routes: Routes[] = [
  // one line each
];

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  for (const route of routes) router.use(route(deps));
  return router;
}
