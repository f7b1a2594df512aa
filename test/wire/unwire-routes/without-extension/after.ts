import { Router } from 'express';
import type { Dependencies } from './app';
import { customersRoutes } from './modules/customers/customers.routes';

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  router.use(customersRoutes(deps));
  return router;
}
