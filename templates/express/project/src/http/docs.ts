import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Router, static as serveStatic } from 'express';
import { methodNotAllowed } from './error-handler.ts';
import type { OpenApi } from './openapi.ts';

const assets = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>API documentation</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css">
    <link rel="icon" href="/docs/favicon-32x32.png">
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

const script = `window.ui = SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', validatorUrl: null });
`;

/** Everything comes from this server; the styles are what Swagger UI sets on its own elements. */
const contentSecurityPolicy =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";

/** `/openapi.json`, and `/docs` to read and try it. */
export function docsRoutes(openapi: OpenApi): Router {
  const router = Router();
  let description: string | undefined;

  router
    .route('/openapi.json')
    .get((_req, res) => {
      description ??= JSON.stringify(openapi.document());
      res.type('json').send(description);
    })
    .all(methodNotAllowed('GET'));

  router.use('/docs', (_req, res, next) => {
    res.setHeader('Content-Security-Policy', contentSecurityPolicy);
    next();
  });
  router
    .route('/docs')
    .get((_req, res) => res.type('html').send(page))
    .all(methodNotAllowed('GET'));
  router.get('/docs/start.js', (_req, res) => res.type('js').send(script));
  router.all('/docs/start.js', methodNotAllowed('GET'));
  router.use('/docs', serveStatic(assets, { index: false }));

  return router;
}
