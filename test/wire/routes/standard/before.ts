import express from 'express'
import { customersRoutes } from './modules/customers/customers.routes.ts'

export function createRoutes (deps) {
  const router = express.Router()
  router.use(customersRoutes(deps))
  ;['/ping', '/health'].forEach((path) => router.get(path, (req, res) => res.end()))
  return router
}
