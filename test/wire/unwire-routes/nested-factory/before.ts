import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { customersRoutes } from './modules/customers/customers.routes.ts';
import { ordersRoutes } from './modules/orders/orders.routes.ts';

function shop(deps: Dependencies): Router {
  return Router()
    .use(requireStaff(deps)) // nobody else
    .use(ordersRoutes(deps)) // the shop
    .use(customersRoutes(deps));
}

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  router.use('/shop', shop(deps));
  return router;
}
