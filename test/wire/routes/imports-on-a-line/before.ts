import { Router } from 'express'; import { customersRoutes } from './modules/customers/customers.routes.ts'; import type { Dependencies } from './types.ts';

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  router.use(customersRoutes(deps));
  return router;
}
