import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { ordersRoutes } from './modules/orders/orders.routes.ts';

export function createRoutes(deps: Dependencies): Router {
  if (!deps.api) return Router();
  const router = Router();
  router.use(ordersRoutes(deps));
  return router;
}
