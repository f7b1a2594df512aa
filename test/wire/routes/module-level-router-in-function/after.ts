import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { ordersRoutes } from './modules/orders/orders.routes.ts';

const router = Router();

export function createRoutes(deps: Dependencies): Router {
  router.use(ordersRoutes(deps));
  return router;
}
