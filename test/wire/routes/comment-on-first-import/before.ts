// The framework
import { Router } from 'express';

export const createRoutes = (deps: Dependencies) => {
  const router = Router();
  return router;
};
