import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { errorsRoutes } from './modules/errors/errors.routes.ts';
import { ordersRoutes } from './modules/orders/orders.routes.ts';

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  router.use(errorsRoutes(deps));
  router.use(ordersRoutes(deps));
  return router;
}
