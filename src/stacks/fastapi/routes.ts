import type { Manifest } from '../../manifest/manifest.ts';
import { placesOf } from '../places.ts';
import { describeResource } from '../resource.ts';
import type { Route } from '../stack.ts';
import { partsOf } from './parts.ts';

/** Every route of a backend: those beside its API first, then its parts, then its endpoints. */
export function listRoutes(manifest: Manifest): Route[] {
  const { basePath, endpoints } = manifest;
  const parts = partsOf(manifest);
  const api = [
    ...parts.flatMap(({ routes }) => routes.api),
    ...Object.keys(endpoints).flatMap((plural) => routesOf(manifest, plural)),
  ];
  return [
    ...parts.flatMap(({ routes }) => routes.root),
    ...api.map((route) => ({ ...route, path: basePath + route.path })),
  ];
}

function routesOf(manifest: Manifest, plural: string): Route[] {
  const resource = describeResource(manifest, plural);
  const file = `app/modules/${resource.names.table}/router.py`;
  return placesOf(resource).map((place) => ({ ...place, file }));
}
