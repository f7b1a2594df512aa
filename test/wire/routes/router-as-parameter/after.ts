import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { customersRoutes } from './modules/customers/customers.routes.ts';
import { ordersRoutes } from './modules/orders/orders.routes.ts';

export function mountRoutes(app: Express, deps: Dependencies): void {
  app.use(customersRoutes(deps));
  app.use(ordersRoutes(deps));
}
