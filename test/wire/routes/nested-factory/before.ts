import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { customersRoutes } from './modules/customers/customers.routes.ts';

export const routesFor = (deps: Dependencies) => () => {
  const router = Router();
  return router;
};
