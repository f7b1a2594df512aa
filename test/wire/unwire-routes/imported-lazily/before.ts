import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { customersRoutes } from './modules/customers/customers.routes.ts';

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  router.use(customersRoutes(deps));
  router.use(async (req, res, next) => (await import('./modules/orders/orders.routes.ts')).ordersRoutes(deps)(req, res, next));
  return router;
}
