// Copyright 2026 Example
import { z } from './zod.ts';

export const createRoutes = (deps: Dependencies) => {
  const router = Router();
  return router;
};
