#!/usr/bin/env node
// eslint-disable-next-line import/no-unassigned-import
import './zone.ts';

export const createRoutes = (deps) => {
  const router = Router();
  return router;
};
