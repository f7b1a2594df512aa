import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { executables } from '../../cli/run-bin.ts';
import { builtTool, ownFolder } from '../projects.ts';
import { installedRelease } from '../releases.ts';
import { mustRun } from '../run.ts';

const release = '0.2.0';
const rule = "      if (query.title === 'secret') throw notFound('post');\n";

/** A project of the last release, with an edit in a service, gets GraphQL and keeps the edit. */
export function upgraded(installed: () => string): void {
  it(`gives a project of ${release} GraphQL, beside the edits in it`, async () => {
    const folder = await ownFolder('graphql-upgraded');
    const old = await installedRelease(release);
    const flags = '--auth jwt --no-install --no-git --yes';
    await mustRun(`node ${old}/bin/create-backend.js shop ${flags}`, folder);
    const project = join(folder, 'shop');
    const posts = "endpoint posts title:string:filter --access 'read=public'";
    await mustRun(`node ${old}/bin/gen.js ${posts}`, project);
    await edit(project, 'src/modules/posts/posts.service.ts', (text) =>
      text.replace('      return repository.list', `${rule}      return repository.list`),
    );

    const gen = `node ${await builtTool()}/bin/gen.js`;
    // What is installed comes from the other project; the release is unpacked by npm itself.
    const usual = process.env.PATH;
    const npm = `[ "$*" = install ] || PATH="${usual}" exec npm "$@"`;
    const PATH = `${await executables({ npm })}:${usual}`;
    await mustRun(`${gen} upgrade`, project, { PATH });
    await edit(project, 'backend.json', (text) => text.replace('{', '{ "graphql": true,'));
    await mustRun(`${gen} apply`, project, { PATH });

    const service = await readFile(join(project, 'src/modules/posts/posts.service.ts'), 'utf8');
    expect(service).toContain(rule);
    expect(service).toContain('connect(connection');
    await mustRun(`${gen} status`, project, { PATH });
    await symlink(join(installed(), 'node_modules'), join(project, 'node_modules'));
    await mustRun('npm run type-check', project);
    await mustRun('npx vitest run src/modules/posts src/graphql', project);
  });
}

async function edit(project: string, path: string, change: (text: string) => string) {
  const file = join(project, path);
  const before = await readFile(file, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  await writeFile(file, after);
}
