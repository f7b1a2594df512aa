import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { customersRoutes } from './modules/customers/customers.routes.ts';
import { ordersRoutes } from './modules/orders/orders.routes.js';

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  router.use(ordersRoutes(deps));
  return router;
}
