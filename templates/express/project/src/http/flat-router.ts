import { type RequestHandler, Router } from 'express';

type Layer = Router['stack'][number];

/**
 * A router with `first` and then all routes, where the routes of nested routers replace the
 * routers. Entering a nested router costs Express more than matching all of its routes.
 */
export function flatRouter(first: RequestHandler[], routes: Router): Router {
  const router = Router();
  router.use(...first);
  if (hasParams(routes)) return router.use(routes);
  router.stack.push(...routes.stack.flatMap(routesOf));
  return router;
}

/** A router that has other handlers stays nested, since they apply to its own routes only. */
function routesOf(layer: Layer): Layer[] {
  const { handle } = layer;
  const isAtRoot = 'slash' in layer && layer.slash === true;
  const isFlat = isAtRoot && isRouter(handle) && !hasParams(handle);
  return isFlat && handle.stack.every(({ route }) => route) ? handle.stack : [layer];
}

const isRouter = (handler: unknown): handler is Router => handler instanceof Router;

const hasParams = (router: Router) =>
  'params' in router && Object.keys(router.params ?? {}).length > 0;
