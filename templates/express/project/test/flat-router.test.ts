import { createServer } from 'node:http';
import express, { type Express, Router } from 'express';
import { expect, it } from 'vitest';
import { flatRouter } from '../src/http/flat-router.ts';
import { listen } from './listen.ts';

/** Modules of every kind: only routes, own handlers, parameters, and mounted on another path. */
function sampleRoutes(): Router {
  const plain = Router();
  plain
    .route('/plain/:id')
    .get((req, res) => {
      const { baseUrl, originalUrl, params, url, route } = req;
      res.json({ baseUrl, originalUrl, params, url, route: route.path });
    })
    .put(async () => {
      throw new Error('plain');
    })
    .all((_req, res) => res.sendStatus(405));
  plain.get('/shared', (_req, _res, next) => next());
  plain.get('/open', (_req, res) => res.send('open'));

  const guarded = Router();
  guarded.use((req, _res, next) => next(req.query.skip ? 'router' : undefined));
  guarded.get(['/guarded', '/shared'], () => {
    throw new Error('guarded');
  });
  guarded.use(((error, _req, res, _next) => {
    res.status(418).send(error.message);
  }) satisfies express.ErrorRequestHandler);

  const loaded = Router();
  loaded.param('name', (req, _res, next, name) => {
    req.params.name = `${name}!`;
    next();
  });
  loaded.get('/loaded/:name', (req, res) => res.send(req.params.name));

  const deep = Router();
  deep.get('/:id', (req, res) => res.json([req.baseUrl, req.params]));

  const routes = Router();
  routes.use((_req, res, next) => {
    res.set('X-Seen', 'yes');
    next();
  });
  routes.use(plain);
  routes.use(guarded);
  routes.use(loaded);
  routes.use('/deep', deep);
  routes.get('/shared', (_req, res) => res.send('last'));
  return routes;
}

const first: express.RequestHandler = (_req, res, next) => {
  res.set('X-First', 'yes');
  next();
};

function serve(...routes: express.RequestHandler[]): Express {
  const app = express();
  app.disable('etag');
  app.use('/base', ...routes);
  app.use(((error, _req, res, _next) => {
    res.status(500).send(error.message);
  }) satisfies express.ErrorRequestHandler);
  return app;
}

const requests = [
  ['GET', '/plain/7?a=b'],
  ['GET', '/plain/7/'],
  ['GET', '/PLAIN/%20'],
  ['GET', '/plain/%E0'],
  ['HEAD', '/plain/7'],
  ['PUT', '/plain/7'],
  ['DELETE', '/plain/7'],
  ['OPTIONS', '/open'],
  ['POST', '/open'],
  ['GET', '/guarded'],
  ['GET', '/guarded?skip=1'],
  ['GET', '/shared'],
  ['GET', '/shared?skip=1'],
  ['GET', '/loaded/one'],
  ['GET', '/deep/7'],
  ['GET', '/nowhere'],
  ['GET', ''],
];

async function answersOf(app: Express) {
  const server = await listen(createServer(app));
  const answers: unknown[] = [];
  for (const [method, path] of requests) {
    const response = await fetch(`http://127.0.0.1:${server.port}/base${path}`, { method });
    const { date: _date, ...headers } = Object.fromEntries(response.headers);
    answers.push([method, path, response.status, headers, await response.text()]);
  }
  await server.close();
  return answers;
}

it('answers exactly as the routers one within the other', async () => {
  const flat = serve(flatRouter([first], sampleRoutes()));
  expect(await answersOf(flat)).toEqual(await answersOf(serve(first, sampleRoutes())));
});

it('has routes where their routers were, and leaves routers with more than routes alone', () => {
  const { stack } = flatRouter([first], sampleRoutes());
  const paths = stack.map(({ route, name }) => route?.path ?? name);
  expect(paths.filter((path) => path === 'router')).toHaveLength(3);
  expect(paths).toContain('/plain/:id');
});

it('leaves all routers where they are when they are under parameters', () => {
  const routes = sampleRoutes();
  routes.param('id', (_req, _res, next) => next());
  expect(flatRouter([first], routes).stack).toHaveLength(2);
});
