import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { customersRoutes } from './modules/customers/customers.routes.ts';

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  const shop = Router();
  shop.use(customersRoutes(deps));
  router.use('/shop', shop);
  return router;
}
