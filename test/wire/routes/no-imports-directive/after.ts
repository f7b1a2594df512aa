'use strict';

import { ordersRoutes } from './modules/orders/orders.routes.ts';

const { Router } = require('express');

export function createRoutes(deps) {
  const router = Router();
  router.use(ordersRoutes(deps));
  return router;
}
