import { Router } from 'express';
import { deps } from './app.ts';
import { customersRoutes } from './modules/customers/customers.routes.ts';
import { ordersRoutes } from './modules/orders/orders.routes.ts';

const router = Router();

router.use(customersRoutes(deps));
router.use(ordersRoutes(deps));

export default router;
