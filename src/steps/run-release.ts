import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import * as z from 'zod';
import { UserError } from '../manifest/errors.ts';
import { PACKAGER } from '../manifest/tool.ts';

/** A version of this tool, installed in a folder. */
export type InstalledRelease = { version: string; root: string };

type Files = { path: string; content: string }[];

const renderedSchema = z.object({
  files: z.array(z.object({ path: z.string(), content: z.string() })),
});

/** Installs a version of this tool into a folder of its own, without running anything of it. */
export async function installRelease(
  folder: string,
  { version, spec, isPacked }: { version: string; spec: string; isPacked: boolean },
): Promise<InstalledRelease> {
  await write(folder, [{ path: 'package.json', content: '{ "private": true }\n' }]);
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const args = ['install', ...flags, ...(isPacked ? ['--offline'] : []), spec];
  const result = await start(PACKAGER, args, folder);
  if (result.failed) throw notHad(version, result);
  return { version, root: join(folder, 'node_modules/create-backend') };
}

/** What a version renders, as its hidden command `gen render` says; `files` hold the manifest. */
export async function askRelease(
  release: InstalledRelease,
  folder: string,
  { files, tool }: { files: Files; tool: string },
): Promise<Files> {
  await write(folder, files);
  const stdout = await runRelease(release, folder, ['gen', 'render', '--tool', tool]);
  return renderedSchema.parse(JSON.parse(stdout)).files;
}

/** Runs one of the two programs of a version; it has to work. */
export async function runRelease(
  { version, root }: InstalledRelease,
  cwd: string,
  [bin = '', ...args]: string[],
): Promise<string> {
  const result = await start(process.execPath, [join(root, 'bin', `${bin}.js`), ...args], cwd);
  if (!result.failed) return result.stdout;
  const found = `create-backend ${version} could not make again what it had made: ${firstLine(result.stderr)}`;
  const expected = `Expected \`${bin} ${args[0] ?? ''}\` of that version to work.`;
  throw new UserError([{ found, expected }], 'git diff backend.json');
}

/** Puts files into a folder that is ours. */
export async function write(folder: string, files: Files): Promise<void> {
  for (const { path, content } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

async function start(command: string, args: string[], cwd: string) {
  const { execa } = await import('execa');
  return execa(command, args, {
    cwd,
    // As a child of a dry run of its own the packager would write nothing.
    env: { npm_config_dry_run: 'false' },
    stdin: 'ignore',
    reject: false,
  });
}

type Failed = { stderr: string; code?: string | undefined };

function notHad(version: string, { stderr, code }: Failed): UserError {
  const why = code === 'ENOENT' ? `${PACKAGER} was not found` : firstLine(stderr);
  const found = `The project was made by create-backend ${version}, which could not be had: ${why}`;
  const expected = 'Expected it among the dependencies, in .backend, or in the registry.';
  const command = `${PACKAGER} pack create-backend@${version} --pack-destination .backend`;
  return new UserError([{ found, expected }], command);
}

/** How errors begin of what packs and installs, and of our own programs. */
const failure = new RegExp(`^(${PACKAGER} error|✗)`);

function firstLine(output: string): string {
  const lines = stripVTControlCharacters(output)
    .split(/\r?\n/)
    .map((line) => line.replace(failure, '').trim())
    .filter((line) => line !== '' && !/^(A complete log|code )/.test(line));
  return lines[0] ?? 'it said nothing.';
}
