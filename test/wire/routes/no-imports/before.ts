// Copyright 2026 Example
export function createRoutes(deps) {
  const router = new Router();
  return router;
}
