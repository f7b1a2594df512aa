import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { customersRoutes } from './modules/customers/customers.routes.ts';
import { productsRoutes } from './modules/products/products.routes.ts';

export function createRoutes(deps: Dependencies): Router {
  const router = Router()
    .use(customersRoutes(deps))
    .use(productsRoutes(deps)) // the shop
    .use(notFound);
  return router;
}
