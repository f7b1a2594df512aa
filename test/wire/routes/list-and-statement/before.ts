import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { customersRoutes } from './modules/customers/customers.routes.ts';
import { productsRoutes } from './modules/products/products.routes.ts';

const routes = [customersRoutes];

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  for (const route of routes) router.use(requireUser, route(deps));
  router.use(productsRoutes(deps));
  return router;
}
