import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { customersRoutes } from './modules/customers/customers.routes.ts';

const routes = [customersRoutes];

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  router.use(notFound);
  for (const route of routes) router.use(route(deps));
  return router;
}
