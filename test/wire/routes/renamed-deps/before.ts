import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { customersRoutes } from './modules/customers/customers.routes.ts';

export function createRoutes(services: Dependencies): Router {
  const router = Router();
  router.use(customersRoutes(services));
  return router;
}
