import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { packPackage } from '../project/pack-package.ts';

const PACKED = new Set(['bin', 'dist', 'LICENSE', 'README.md', 'CHANGELOG.md']);
const packageSchema = z.looseObject({ scripts: z.unknown(), devDependencies: z.unknown() });

/**
 * The tarball of this package: what `files` names, and a package.json without what only a checkout
 * needs. npm warns of every package with a `prepare` script, although it runs none from a tarball.
 */
export async function packTool(root: string): ReturnType<typeof packPackage> {
  const folder = await mkdtemp(join(tmpdir(), 'create-backend-stage-'));
  try {
    for (const name of (await readdir(root)).filter((each) => PACKED.has(each))) {
      await cp(join(root, name), join(folder, name), { recursive: true });
    }
    const text = await readFile(join(root, 'package.json'), 'utf8');
    const { scripts: _, devDependencies: __, ...rest } = packageSchema.parse(JSON.parse(text));
    await writeFile(join(folder, 'package.json'), `${JSON.stringify(rest, null, 2)}\n`);
    return await packPackage(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
