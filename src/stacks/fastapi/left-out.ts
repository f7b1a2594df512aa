import type { Manifest } from '../../manifest/manifest.ts';
import { leftOutOf } from '../left-out.ts';
import type { LeftOut } from '../stack.ts';

/** The files of a project that would work only in a folder above. */
export const leftOut = (manifest: Manifest): LeftOut[] => leftOutOf(manifest, []);
