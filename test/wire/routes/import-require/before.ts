import express = require('express');
import { customersRoutes } from './modules/customers/customers.routes.ts';

export = (deps: unknown) => {
  const router = express.Router();
  router.use(customersRoutes(deps));
  return router;
};
