import { cp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildDist } from '../../src/build/build-dist.ts';
import { packTool } from '../../src/build/pack-tool.ts';
import { version } from '../../src/cli/package.ts';
import { packageRoot } from '../../src/project/package-root.ts';
import { once } from './projects.ts';
import { mustRun } from './run.ts';

const repository = packageRoot(import.meta.url);

/** The tarball of an earlier release of this repository. */
export const tarballOf = (version: string) =>
  join(repository, `test/releases/create-backend-${version}.tgz`);

/** The package of an earlier release, as npm installs it. */
export function installedRelease(version: string): Promise<string> {
  return once(`release-${version}`, async (folder) => {
    await mustRun(`npm init --yes && npm install --offline ${tarballOf(version)}`, folder);
  }).then((folder) => join(folder, 'node_modules/create-backend'));
}

/** What a release after the present one could change in templates, by their paths, on both stacks. */
const changes: Record<string, (text: string) => string | undefined> = {
  'express/resource/src/modules/[path]/[path].service.ts.hbs': (text) =>
    text.replace('/** The rules for', '/** All rules for'),
  'express/project/test/shell.test.ts.hbs': () => undefined,
  'express/project/src/http/added.ts': () => 'export const added = true;\n',
  'express/project/src/db/migrations/20200101000009_create_tokens.ts': () =>
    'export async function up() {}\n\nexport async function down() {}\n',
  'fastapi/resource/app/modules/[module]/service.py.hbs': (text) =>
    text.replace('"""The rules for', '"""All rules for'),
  'fastapi/project/tests/test_lookup.py': () => undefined,
  'fastapi/project/app/http/added.py': () => 'ADDED = True\n',
};

/** The version that could come after the present one. */
export const nextVersion = version.replace(
  /\.\d+\.\d+$/,
  (rest) => `.${Number(rest.split('.')[1]) + 1}.0`,
);

/** The next release, built from the present sources with some templates changed. */
export function nextRelease(): Promise<string> {
  return once('release-next', async (folder) => {
    for (const name of ['bin', 'src', 'templates', 'CHANGELOG.md', 'LICENSE', 'package.json']) {
      await cp(join(repository, name), join(folder, name), { recursive: true });
    }
    await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'));
    await edit(join(folder, 'package.json'), (text) =>
      text.replace(`"${version}"`, `"${nextVersion}"`),
    );
    await edit(join(folder, 'CHANGELOG.md'), (text) =>
      text.replace(`## [${version}]\n`, `## [${nextVersion}]\n\n### Added\n- Something new.\n\n$&`),
    );
    for (const [path, change] of Object.entries(changes)) {
      await edit(join(folder, 'templates', path), change);
    }
    await buildDist(folder, join(folder, 'dist'));
    const { content } = await packTool(folder);
    await writeFile(join(folder, 'dist/create-backend.tgz'), content);
  });
}

async function edit(file: string, change: (text: string) => string | undefined): Promise<void> {
  const text = change(await readFile(file, 'utf8').catch(() => ''));
  await (text === undefined ? rm(file) : writeFile(file, text));
}
