import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { UserError } from '../manifest/errors.ts';
import { PACKAGER } from '../manifest/tool.ts';

const packed = z.tuple([
  z.object({ filename: z.string(), files: z.array(z.object({ path: z.string() })) }),
]);

/** The tarball of a package as it would be published, and its files. */
export async function packPackage(root: string): Promise<{ content: Uint8Array; files: string[] }> {
  const { execa } = await import('execa');
  const folder = await mkdtemp(join(tmpdir(), 'create-backend-pack-'));
  try {
    const args = ['pack', '--ignore-scripts', '--json', '--loglevel=error'];
    const result = await execa(PACKAGER, [...args, '--pack-destination', folder], {
      cwd: root,
      // Started by a dry run of the same packager, it would write nothing.
      env: { npm_config_dry_run: 'false' },
      stdin: 'ignore',
      reject: false,
    });
    if (result.failed)
      throw notPacked(result.code === 'ENOENT' ? `${PACKAGER} was not found` : result.stderr);
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
        expected: `Expected \`${PACKAGER} pack\` to work.`,
      },
    ],
    `${PACKAGER} --version`,
  );
