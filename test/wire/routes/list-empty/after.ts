import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { ordersRoutes } from './modules/orders/orders.routes.ts';

const routes: ((deps: Dependencies) => Router)[] = [ordersRoutes];

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  for (const route of routes) router.use(route(deps));
  return router;
}
