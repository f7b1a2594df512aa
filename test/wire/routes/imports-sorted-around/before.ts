import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { customersRoutes } from './modules/customers/customers.routes.ts';
import { productsRoutes } from './modules/products/products.routes.ts';
import { zonesRoutes } from './modules/zones/zones.routes.ts';
import { version } from './version.ts';

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  router.use(customersRoutes(deps));
  router.use(productsRoutes(deps));
  router.use(zonesRoutes(deps));
  return router;
}
