import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { manifestJsonSchema } from '../manifest/manifest.ts';
import { stacks } from '../stacks/stacks.ts';
import { bundle, bundleStart } from './bundle.ts';
import { licenses } from './licenses.ts';

const ENTRIES = ['src/cli/create-backend.ts', 'src/cli/gen.ts'];

/** Fills an emptied folder with what the package runs from, and what it has to carry along. */
export async function buildDist(root: string, dist: string): Promise<void> {
  await rm(dist, { recursive: true, force: true });
  const { metafile, id } = await bundle(root, ENTRIES, dist);
  await bundleStart(root, dist, id);
  await writeFile(join(dist, 'THIRD-PARTY-LICENSES.txt'), await licenses(root, metafile));
  const schema = JSON.stringify(manifestJsonSchema(stacks), null, 2);
  await writeFile(join(dist, 'backend.schema.json'), `${schema}\n`);
}
