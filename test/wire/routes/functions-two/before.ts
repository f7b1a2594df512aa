import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { customersRoutes } from './modules/customers/customers.routes.ts';
import { productsRoutes } from './modules/products/products.routes.ts';

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  router.use(customersRoutes(deps));
  return router;
}

export function createAdminRoutes(deps: Dependencies): Router {
  const router = Router();
  router.use(requireAdmin, productsRoutes(deps));
  return router;
}
