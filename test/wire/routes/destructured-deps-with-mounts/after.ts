import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { customersRoutes } from './modules/customers/customers.routes.ts';
import { ordersRoutes } from './modules/orders/orders.routes.ts';

export function createRoutes({ db, logger }: Dependencies): Router {
  const router = Router();
  router.use(customersRoutes({ db, logger }));
  router.use(ordersRoutes({ db, logger }));
  return router;
}
