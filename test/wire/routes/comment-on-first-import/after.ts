// The framework
import { Router } from 'express';
import { ordersRoutes } from './modules/orders/orders.routes.ts';

export const createRoutes = (deps: Dependencies) => {
  const router = Router();
  router.use(ordersRoutes(deps));
  return router;
};
