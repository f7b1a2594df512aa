import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { customersRoutes } from './modules/customers/customers.routes.ts';
import { productsRoutes } from './modules/products/products.routes.ts';

const open = [customersRoutes];
const closed = [productsRoutes];

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  for (const route of open) router.use(route(deps));
  for (const route of closed) router.use(requireUser, route(deps));
  return router;
}
