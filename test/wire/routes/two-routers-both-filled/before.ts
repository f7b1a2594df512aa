import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { customersRoutes } from './modules/customers/customers.routes.ts';
import { productsRoutes } from './modules/products/products.routes.ts';

export function createRoutes(deps: Dependencies): Router {
  const open = Router();
  const closed = Router();
  open.use(customersRoutes(deps));
  closed.use(requireUser, productsRoutes(deps));
  return Router().use(open, closed);
}
