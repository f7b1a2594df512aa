import { ordersRoutes } from './modules/orders/orders.routes.ts';

router.use(ordersRoutes(deps));
