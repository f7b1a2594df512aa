import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type RequestHandler, Router } from 'express';
import { methodNotAllowed } from '../http/error-handler.ts';
import { pageFiles } from '../http/page.ts';

/** All URLs are relative, since a proxy may serve the page below a prefix. */
const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>GraphiQL</title>
    <link rel="stylesheet" href="graphiql/graphiql.min.css">
    <link rel="stylesheet" href="graphiql/page.css">
    <link rel="icon" href="data:,">
  </head>
  <body>
    <div id="graphiql"></div>
    <script src="graphiql/react.production.min.js"></script>
    <script src="graphiql/react-dom.production.min.js"></script>
    <script src="graphiql/graphiql.min.js"></script>
    <script src="graphiql/start.js"></script>
  </body>
</html>
`;

const style = 'html, body, #graphiql { height: 100%; margin: 0; }\n';

const scriptFor = (
  basePath: string,
) => `const url = new URL('.${basePath}/graphql', location.href).href;
const fetcher = GraphiQL.createFetcher({ url });
ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, { fetcher, defaultEditorToolsVisibility: 'headers' }),
);
`;

/** The files that the page loads, by package. */
const files: [name: string, folder: string, file: string][] = [
  ['graphiql', '.', 'graphiql.min.css'],
  ['graphiql', '.', 'graphiql.min.js'],
  ['react', 'umd', 'react.production.min.js'],
  ['react-dom', 'umd', 'react-dom.production.min.js'],
];

/** Allows content of this server only. The editor needs inline styles for its own elements. */
const contentSecurityPolicy =
  "default-src 'self'; img-src 'self' data:; font-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";

/** `/graphiql`, an editor for queries. Its packages are installed for development only. */
export function graphiqlRoutes(basePath: string): Router {
  const { resolve } = createRequire(import.meta.url);
  const router = Router({ strict: true });
  const script = scriptFor(basePath);
  const parts: Record<string, RequestHandler> = {
    'page.css': (_req, res) => res.type('css').send(style),
    'start.js': (_req, res) => res.type('js').send(script),
  };
  for (const [name, folder, file] of files) {
    const root = join(dirname(resolve(`${name}/package.json`)), folder);
    parts[file] = (_req, res) => res.sendFile(file, { root });
  }
  router.use(pageFiles('/graphiql', { contentSecurityPolicy, files: parts }));
  router
    .route('/graphiql')
    .get((_req, res) => res.type('html').send(page))
    .all(methodNotAllowed('GET'));
  return router;
}
