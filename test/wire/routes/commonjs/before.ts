const { Router } = require('express');

module.exports = function createRoutes(deps) {
  const router = Router();
  return router;
};
