import type { Manifest } from '../../manifest/manifest.ts';
import { leftOutOf } from '../left-out.ts';
import type { LeftOut } from '../stack.ts';

/** Files that a package manager reads only at the root, and what is needed there. */
const settings: Readonly<Record<string, Omit<LeftOut, 'root'>[]>> = {
  pnpm: [
    {
      path: 'pnpm-workspace.yaml',
      need: "`allowBuilds`, as pnpm approve-builds '!esbuild' '!@scarf/scarf' writes it",
    },
  ],
  yarn: [{ path: '.yarnrc.yml', need: '`nodeLinker: node-modules`' }],
};

/** The files of a project that would work only in a folder above. */
export const leftOut = (manifest: Manifest): LeftOut[] =>
  leftOutOf(manifest, settings[manifest.packageManager] ?? []);
