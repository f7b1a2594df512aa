import { type RequestHandler, Router } from 'express';

type Layer = Router['stack'][number];

/**
 * What every request passes first, then the routes, those of modules in the places of their routers:
 * Express walks into each router on its way, which costs more than to look at all of its routes.
 */
export function flatRouter(first: RequestHandler[], routes: Router): Router {
  const router = Router();
  router.use(...first);
  if (hasParams(routes)) return router.use(routes);
  router.stack.push(...routes.stack.flatMap(routesOf));
  return router;
}

/** Routers with handlers besides their routes stay whole, since those are for their own routes only. */
function routesOf(layer: Layer): Layer[] {
  const { handle } = layer;
  const isAtRoot = 'slash' in layer && layer.slash === true;
  const isFlat = isAtRoot && isRouter(handle) && !hasParams(handle);
  return isFlat && handle.stack.every(({ route }) => route) ? handle.stack : [layer];
}

const isRouter = (handler: unknown): handler is Router => handler instanceof Router;

const hasParams = (router: Router) =>
  'params' in router && Object.keys(router.params ?? {}).length > 0;
