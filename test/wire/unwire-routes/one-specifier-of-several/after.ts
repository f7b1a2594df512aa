import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { customersRoutes } from './modules/customers/customers.routes.ts';
import { orderLimits, type OrderLimit } from './modules/orders/orders.routes.ts';

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  router.use(customersRoutes(deps));
  router.use(limit(orderLimits as OrderLimit));
  return router;
}
