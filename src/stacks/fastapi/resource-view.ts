import type { Manifest } from '../../manifest/manifest.ts';
import { creation } from '../postgres/migrations.ts';
import { describeResource } from '../resource.ts';
import { migrationView } from './migration-view.ts';

/** Everything that the templates of an endpoint name. */
export function resourceView(manifest: Manifest, plural: string) {
  const { names } = describeResource(manifest, plural);
  return {
    ...migrationView(creation(manifest, plural)),
    ...names,
    basePath: manifest.basePath,
  };
}
