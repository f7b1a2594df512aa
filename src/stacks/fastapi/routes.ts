import type { Manifest } from '../../manifest/manifest.ts';
import { routesOf } from '../part.ts';
import type { Resource } from '../resource.ts';
import type { Route } from '../stack.ts';
import { partsOf } from './parts.ts';

const fileOf = ({ names: { table } }: Resource, version?: string) =>
  `app/modules/${table}/${version === undefined ? '' : `${version}/`}router.py`;

/** Every route of a backend. */
export const listRoutes = (manifest: Manifest): Route[] =>
  routesOf(manifest, partsOf(manifest), fileOf);
