import type { Manifest } from '../../manifest/manifest.ts';
import type { RenderedFile } from '../stack.ts';

/** Files that a project has beside its code where its manifest asks for them, on every stack alike. */
export type Extra = {
  isIn(manifest: Manifest): boolean;
  render(manifest: Manifest): RenderedFile[];
};
