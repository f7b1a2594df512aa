import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { UserError } from '../manifest/errors.ts';

const packed = z.tuple([
  z.object({ filename: z.string(), files: z.array(z.object({ path: z.string() })) }),
]);

/** The tarball that npm would publish for a package, and the files it holds. */
export async function packPackage(root: string): Promise<{ content: Uint8Array; files: string[] }> {
  const { execa } = await import('execa');
  const folder = await mkdtemp(join(tmpdir(), 'create-backend-pack-'));
  try {
    const args = ['pack', '--ignore-scripts', '--json', '--loglevel=error'];
    const result = await execa('npm', [...args, '--pack-destination', folder], {
      cwd: root,
      // As a child of npx --dry-run or npm pack --dry-run, npm would write nothing.
      env: { npm_config_dry_run: 'false' },
      stdin: 'ignore',
      reject: false,
    });
    if (result.failed)
      throw notPacked(result.code === 'ENOENT' ? 'npm was not found' : result.stderr);
    const [{ filename, files }] = packed.parse(JSON.parse(result.stdout));
    return {
      content: await readFile(join(folder, filename)),
      files: files.map(({ path }) => path),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const notPacked = (why: string) =>
  new UserError(
    [
      {
        found: `This tool could not be packed for the new project: ${why.trim()}.`,
        expected: 'Expected `npm pack` to work.',
      },
    ],
    'npm --version',
  );
