import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { customersRoutes } from './modules/customers/customers.routes.ts';
import { ordersRoutes } from './modules/orders/orders.routes.ts';

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  router.get('/ping', ping);
  router.use(ordersRoutes(deps));
  router.use(missing);
  return router;
}

function missing(req: Request, res: Response): void {
  res.status(404).end();
}
