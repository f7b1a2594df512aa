import type { Manifest } from '../../manifest/manifest.ts';
import { knownRoles } from '../../manifest/roles.ts';
import { toLiteral } from '../python/literal.ts';
import { leftOut } from './left-out.ts';
import { rolesView } from './roles-view.ts';
import { readmeSections } from './sections.ts';

/** Everything that the templates of a project name. */
export function projectView(manifest: Manifest, tool: string) {
  const { name, roles, basePath } = manifest;
  return {
    name,
    basePath,
    basePathLiteral: toLiteral(basePath),
    tool,
    roles: rolesView(knownRoles(roles)),
    sections: readmeSections(manifest),
    leftOut: leftOut(manifest).map(({ path }) => path),
  };
}
