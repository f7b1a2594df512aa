import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { customersRouter } from './modules/customers/customers.routes.ts';

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  router.use('/customers', customersRouter);
  return router;
}
