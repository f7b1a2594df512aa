/*! Licence */

import { ordersRoutes } from './modules/orders/orders.routes.ts';

export function createRoutes(router, deps) {
  router.use(ordersRoutes(deps));
}
