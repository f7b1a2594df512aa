import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { ordersRoutes } from './modules/orders/orders.routes.ts';

export function createRoutes(services: Dependencies): Router {
  const router = Router();
  router.use(ordersRoutes(services));
  return router;
}
