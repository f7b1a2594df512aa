import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { type RequestHandler, Router } from 'express';
import { methodNotAllowed } from './error-handler.ts';
import type { OpenApi } from './openapi.ts';
import { pageFiles } from './page.ts';

const assets = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
/** The files that the page loads. */
const files = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

/** All URLs are relative, since a proxy may serve the page below a prefix. */
const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>API documentation</title>
    <link rel="stylesheet" href="docs/swagger-ui.css">
    <link rel="icon" href="docs/favicon-32x32.png">
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="docs/swagger-ui-bundle.js"></script>
    <script src="docs/start.js"></script>
  </body>
</html>
`;

/** Requests from the page go to the server that it came from, whatever PUBLIC_URL is. */
const scriptFor = (basePath: string) => `fetch('openapi.json')
  .then((answer) => answer.json())
  .then((description) => {
    const servers = [{ url: new URL('.${basePath}', location.href).href }];
    const spec = { ...description, servers };
    window.ui = SwaggerUIBundle({ spec, dom_id: '#swagger-ui', validatorUrl: null });
  });
`;

/** Allows content of this server only. Swagger UI needs inline styles for its own elements. */
const contentSecurityPolicy =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";

/** `/openapi.json`, and Swagger UI at `/docs`. */
export function docsRoutes(openapi: OpenApi, basePath: string): Router {
  const router = Router({ strict: true });
  const script = scriptFor(basePath);
  let description: string | undefined;

  router
    .route('/openapi.json')
    .get((_req, res) => {
      description ??= JSON.stringify(openapi.document());
      res.type('json').send(description);
    })
    .all(methodNotAllowed('GET'));

  const parts: Record<string, RequestHandler> = {
    'start.js': (_req, res) => res.type('js').send(script),
  };
  for (const file of files) {
    parts[file] = (_req, res) => res.sendFile(file, { root: assets });
  }
  router.use(pageFiles('/docs', { contentSecurityPolicy, files: parts }));
  router
    .route('/docs')
    .get((_req, res) => res.type('html').send(page))
    .all(methodNotAllowed('GET'));

  return router;
}
