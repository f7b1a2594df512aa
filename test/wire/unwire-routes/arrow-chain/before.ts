import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { customersRoutes } from './modules/customers/customers.routes.ts';
import { ordersRoutes } from './modules/orders/orders.routes.ts';

export const createRoutes = (deps: Dependencies) => Router().use(customersRoutes(deps)).use(ordersRoutes(deps));
