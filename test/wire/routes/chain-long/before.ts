import { Router } from 'express';
import type { Dependencies } from './app.ts';
import { customersRoutes } from './modules/customers/customers.routes.ts';

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  router
    .get('/0', answer)
    .get('/1', answer)
    .get('/2', answer)
    .get('/3', answer)
    .get('/4', answer)
    .get('/5', answer)
    .get('/6', answer)
    .get('/7', answer)
    .get('/8', answer)
    .get('/9', answer)
    .get('/10', answer)
    .get('/11', answer)
    .get('/12', answer)
    .get('/13', answer)
    .get('/14', answer)
    .get('/15', answer)
    .get('/16', answer)
    .get('/17', answer)
    .get('/18', answer)
    .get('/19', answer)
    .get('/20', answer)
    .get('/21', answer)
    .get('/22', answer)
    .get('/23', answer)
    .get('/24', answer)
    .get('/25', answer)
    .get('/26', answer)
    .get('/27', answer)
    .get('/28', answer)
    .get('/29', answer)
    .get('/30', answer)
    .get('/31', answer)
    .get('/32', answer)
    .get('/33', answer)
    .get('/34', answer)
    .get('/35', answer)
    .get('/36', answer)
    .get('/37', answer)
    .get('/38', answer)
    .get('/39', answer)
    .use(customersRoutes(deps));
  return router;
}
