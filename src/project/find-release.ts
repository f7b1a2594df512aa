import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { packedVersion } from '../manifest/tool.ts';

/** Where a version of this tool is found. */
export type Release =
  /** The folder of the installed package. */
  | { kind: 'installed'; root: string }
  /** What to install: a tarball, or a version in the registry. */
  | { kind: 'to-install'; spec: string; isPacked: boolean };

const packageSchema = z.object({ version: z.string() });

/** The nearest source of a version: the installed package, the tarball of the project, the registry. */
export async function findRelease(
  root: string,
  version: string,
  installed: string | undefined,
): Promise<Release> {
  if (installed !== undefined && (await versionIn(installed)) === version) {
    return { kind: 'installed', root: installed };
  }
  const packed = join(root, packedVersion(version));
  const isPacked = await access(packed).then(
    () => true,
    () => false,
  );
  const spec = isPacked ? packed : `create-backend@${version}`;
  return { kind: 'to-install', spec, isPacked };
}

async function versionIn(folder: string): Promise<string | undefined> {
  try {
    const text = await readFile(join(folder, 'package.json'), 'utf8');
    return packageSchema.parse(JSON.parse(text)).version;
  } catch {
    return undefined;
  }
}
