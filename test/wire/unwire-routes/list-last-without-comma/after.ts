import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { customersRoutes } from './modules/customers/customers.routes.ts';

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  const modules = [
    customersRoutes // first
    // second
  ];
  modules.forEach((routes) => router.use(routes(deps)));
  return router;
}
