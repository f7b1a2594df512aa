import { Router } from 'express'; import { customersRoutes } from './modules/customers/customers.routes.ts'; import { ordersRoutes } from './modules/orders/orders.routes.ts'; import type { Dependencies } from './types.ts';

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  router.use(customersRoutes(deps));
  router.use(ordersRoutes(deps));
  return router;
}
