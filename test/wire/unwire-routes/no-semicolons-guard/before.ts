import { Router } from 'express'
import type { Dependencies } from './app.ts'
import { customersRoutes } from './modules/customers/customers.routes.ts'
import { ordersRoutes } from './modules/orders/orders.routes.ts'

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  router.use(customersRoutes(deps))
  router.use(ordersRoutes(deps))
  ;[1, 2].forEach(count)
  return router;
}
