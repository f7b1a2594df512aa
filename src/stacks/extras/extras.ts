import type { Manifest } from '../../manifest/manifest.ts';
import type { RenderedFile } from '../stack.ts';
import { client } from './client/render.ts';
import { collections } from './collections/render.ts';
import type { Extra } from './extra.ts';

const extras: readonly Extra[] = [client, collections];

/** The files of all extras of a project. */
export const renderExtras = (manifest: Manifest): RenderedFile[] =>
  extras.flatMap(({ isIn, render }) => (isIn(manifest) ? render(manifest) : []));
