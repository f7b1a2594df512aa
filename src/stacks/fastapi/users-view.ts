import type { Manifest } from '../../manifest/manifest.ts';
import { resourceView } from './resource-view.ts';

/** Everything that the templates of the accounts name. */
export function usersView(manifest: Manifest, plural: string) {
  return resourceView(manifest, plural);
}
