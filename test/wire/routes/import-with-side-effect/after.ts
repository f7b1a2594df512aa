#!/usr/bin/env node
import { ordersRoutes } from './modules/orders/orders.routes.ts';
// eslint-disable-next-line import/no-unassigned-import
import './zone.ts';

export const createRoutes = (deps) => {
  const router = Router();
  router.use(ordersRoutes(deps));
  return router;
};
