'use strict';

const { Router } = require('express');

export function createRoutes(deps) {
  const router = Router();
  return router;
}
