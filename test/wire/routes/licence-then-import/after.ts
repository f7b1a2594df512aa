// Copyright 2026 Example
import { ordersRoutes } from './modules/orders/orders.routes.ts';
import { z } from './zod.ts';

export const createRoutes = (deps: Dependencies) => {
  const router = Router();
  router.use(ordersRoutes(deps));
  return router;
};
