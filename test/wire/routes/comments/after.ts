import { Router } from 'express';
import type { Dependencies } from './app.ts'; // the shape of the app
import { customersRoutes } from './modules/customers/customers.routes.ts'; /* first */ // really
import { ordersRoutes } from './modules/orders/orders.routes.ts';

// Every endpoint of the API.
export function createRoutes(deps: Dependencies): Router {
  const router = Router(); // one for all
  /* customers come first */
  router.use(customersRoutes(deps)); // since 2024
  router.use(ordersRoutes(deps));
  // nothing below this line
  return router; // done
}
