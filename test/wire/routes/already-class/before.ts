import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { customersRoutes } from './modules/customers/customers.routes.ts';
import { ordersRoutes } from './modules/orders/orders.routes.ts';

export class Api {
  router = Router();
  constructor(deps: Dependencies) {
    this.router.use(ordersRoutes(deps));
  }
}
