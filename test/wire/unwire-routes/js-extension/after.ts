import { Router } from 'express';
import type { Dependencies } from './app.js';
import { customersRoutes } from './modules/customers/customers.routes.js';

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  router.use(customersRoutes(deps));
  return router;
}
