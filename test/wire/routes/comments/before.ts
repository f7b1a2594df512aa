import { Router } from 'express';
import type { Dependencies } from './app.ts'; // the shape of the app
import { customersRoutes } from './modules/customers/customers.routes.ts'; /* first */ // really

// Every endpoint of the API.
export function createRoutes(deps: Dependencies): Router {
  const router = Router(); // one for all
  /* customers come first */
  router.use(customersRoutes(deps)); // since 2024
  // nothing below this line
  return router; // done
}
