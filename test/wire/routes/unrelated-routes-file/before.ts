import { Router } from 'express';
import type { Dependencies } from './app.ts';

export function createRoutes(deps: Dependencies): Router {
  return buildFrom(deps);
}
