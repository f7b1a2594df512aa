import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { customersRoutes } from './modules/customers/customers.routes.ts';
import { productsRoutes } from './modules/products/products.routes.ts';

const routes = [customersRoutes, productsRoutes /* shop */];

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  for (const route of routes) router.use('/v1', route(deps));
  return router;
}
