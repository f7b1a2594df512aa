import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { customersRoutes } from './modules/customers/customers.routes.ts';
import { ordersRoutes } from './modules/orders/orders.routes.ts';
import { productsRoutes } from './modules/products/products.routes.ts';

const shop = [customersRoutes, productsRoutes];
const routes = [...shop, healthRoutes];

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  for (const route of routes) router.use(route(deps));
  router.use(ordersRoutes(deps));
  return router;
}
