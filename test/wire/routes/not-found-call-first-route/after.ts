import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { ordersRoutes } from './modules/orders/orders.routes.ts';

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  router.use(requestLog(deps.logger));
  router.use(ordersRoutes(deps));
  // Whatever is left is unknown.
  router.use(notFoundHandler());
  return router;
}
