import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { customersRoutes } from './modules/customers/customers.routes.ts';
import { productsRoutes } from './modules/products/products.routes.ts';

const routes = [['/customers', customersRoutes], ['/products', productsRoutes]] as const;

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  for (const [path, route] of routes) router.use(path, route(deps));
  return router;
}
