import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { customersRoutes } from './modules/customers/customers.routes.ts';
import { ordersRoutes } from './modules/orders/orders.routes.ts';

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  router.use((req, res, next) => {
    res.setHeader('X-Api', '1');
    next();
  });
  router.use(ordersRoutes(deps));
  router.use((req, res) => {
    res.status(404).end();
  });
  return router;
}
