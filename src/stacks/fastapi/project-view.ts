import type { Manifest } from '../../manifest/manifest.ts';
import { toLiteral } from '../python/literal.ts';
import { leftOut } from './left-out.ts';
import { readmeSections } from './sections.ts';

/** Everything that the templates of a project name. */
export function projectView(manifest: Manifest, tool: string) {
  const { name, basePath } = manifest;
  return {
    name,
    basePath,
    basePathLiteral: toLiteral(basePath),
    tool,
    sections: readmeSections(manifest),
    leftOut: leftOut(manifest).map(({ path }) => path),
  };
}
