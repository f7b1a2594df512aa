import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { customersRoutes } from './modules/customers/customers.routes.ts';
import { ordersRoutes } from './modules/orders/orders.routes.ts';

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  const shop = Router();
  shop.use(ordersRoutes(deps));
  shop.use(customersRoutes(deps));
  router.use('/shop', shop);
  return router;
}
