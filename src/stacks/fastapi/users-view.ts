import type { Manifest } from '../../manifest/manifest.ts';
import { knownRoles } from '../../manifest/roles.ts';
import { resourceView } from './resource-view.ts';
import { rolesView } from './roles-view.ts';

/** Everything that the templates of the accounts name. */
export function usersView(manifest: Manifest, plural: string) {
  return { ...resourceView(manifest, plural), roles: rolesView(knownRoles(manifest.roles)) };
}
