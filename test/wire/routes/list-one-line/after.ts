import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { customersRoutes } from './modules/customers/customers.routes.ts';
import { ordersRoutes } from './modules/orders/orders.routes.ts';
import { productsRoutes } from './modules/products/products.routes.ts';

const routes = [customersRoutes, productsRoutes, ordersRoutes] as const;

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  routes.forEach((route) => router.use(route(deps)));
  return router;
}
