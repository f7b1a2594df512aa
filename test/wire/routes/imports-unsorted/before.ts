import { version } from './version.ts';
import { customersRoutes } from './modules/customers/customers.routes.ts';
import type { Dependencies } from './app.ts';
import { Router } from 'express';

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  router.use(customersRoutes(deps));
  return router;
}
