// Copyright 2026 Example
import { ordersRoutes } from './modules/orders/orders.routes.ts';

export function createRoutes(deps) {
  const router = new Router();
  router.use(ordersRoutes(deps));
  return router;
}
