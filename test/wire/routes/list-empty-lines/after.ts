import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { ordersRoutes } from './modules/orders/orders.routes.ts';

const routes: Routes[] = [
  // one line each
  ordersRoutes,
];

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  for (const route of routes) router.use(route(deps));
  return router;
}
