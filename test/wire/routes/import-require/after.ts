import express = require('express');
import { customersRoutes } from './modules/customers/customers.routes.ts';
import { ordersRoutes } from './modules/orders/orders.routes.ts';

export = (deps: unknown) => {
  const router = express.Router();
  router.use(customersRoutes(deps));
  router.use(ordersRoutes(deps));
  return router;
};
