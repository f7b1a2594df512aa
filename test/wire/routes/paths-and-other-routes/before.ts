import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { customersRoutes } from './modules/customers/customers.routes.ts';
import { productsRoutes } from './modules/products/products.routes.ts';

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  router.use(json());
  router.get('/health', (_req, res) => res.json({ ok: true }));
  router.use('/v2', requireUser, customersRoutes(deps));
  router.use(productsRoutes(deps));
  router.get('/version', version);
  router.use('/files', express.static('files'));
  return router;
}
