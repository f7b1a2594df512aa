import { Router } from 'express';
import type { Dependencies } from './app';
import { customersRoutes } from './modules/customers/customers.routes';
import { ordersRoutes } from './modules/orders/orders.routes';

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  router.use(customersRoutes(deps));
  router.use(ordersRoutes(deps));
  return router;
}
