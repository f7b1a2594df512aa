import type { Manifest } from '../../manifest/manifest.ts';
import { placesOf } from '../places.ts';
import { describeResource } from '../resource.ts';
import type { Route } from '../stack.ts';
import { partsOf } from './parts.ts';
import { routesIn } from './routes-in.ts';

const health = routesIn('src/http/health.ts', 'public', ['GET /health', 'GET /ready']);
const docs = routesIn('src/http/docs.ts', 'public', ['GET /openapi.json', 'GET /docs']);

/** Every route of a backend: its own first, then those of its parts, then one endpoint after another. */
export function listRoutes(manifest: Manifest): Route[] {
  const api = [
    ...partsOf(manifest).flatMap(({ routes }) => routes(manifest)),
    ...Object.keys(manifest.endpoints).flatMap((plural) => routesOf(manifest, plural)),
  ];
  const { basePath } = manifest;
  return [...health, ...docs, ...api.map((route) => ({ ...route, path: basePath + route.path }))];
}

function routesOf(manifest: Manifest, plural: string): Route[] {
  const resource = describeResource(manifest, plural);
  const { path } = resource.names;
  const file = `src/modules/${path}/${path}.routes.ts`;
  return placesOf(resource).map((place) => ({ ...place, file }));
}
