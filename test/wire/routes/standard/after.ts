import express from 'express'
import { customersRoutes } from './modules/customers/customers.routes.ts'
import { ordersRoutes } from './modules/orders/orders.routes.ts'

export function createRoutes (deps) {
  const router = express.Router()
  router.use(customersRoutes(deps))
  router.use(ordersRoutes(deps))
  ;['/ping', '/health'].forEach((path) => router.get(path, (req, res) => res.end()))
  return router
}
