import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { expectGreenIn } from './checks.ts';
import { copyProject, newProject, ownFolder } from './projects.ts';
import { mustRun } from './run.ts';

vi.setConfig({ testTimeout: 400_000, hookTimeout: 240_000 });

// Names and days are the same each time.
const env = { SOURCE_DATE_EPOCH: '1795824000' };
const endpoints = [
  'npx gen endpoint tags name:string:unique',
  'npx gen endpoint posts title:string:max=120:filter:sort views:integer tag:ref:tags:optional --under tags --rate-limit 100/minute',
];
const rename = 'npx gen field rename posts title headline';

async function filesOf(project: string): Promise<Record<string, string>> {
  const entries = await readdir(project, { recursive: true, withFileTypes: true });
  const own = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(project.length + 1))
    .filter((path) => !/^(node_modules|\.git|\.backend)\//.test(path));
  const files = own.map(async (path) => [path, await readFile(join(project, path), 'utf8')]);
  return Object.fromEntries(await Promise.all(files));
}

it('serves two versions that differ in one endpoint, and forgets the old one without a trace', async () => {
  const project = await copyProject(await newProject(), await ownFolder('versions'));
  for (const command of endpoints) await mustRun(command, project, env);
  const plain = await copyProject(project, await ownFolder('no-versions'));

  await mustRun('npx gen version v2 --sunset 2027-05-28', project, env);
  const shared = await filesOf(project);
  await mustRun('npx gen version v2 --sunset 2027-05-28', project, env);
  expect(await filesOf(project)).toEqual(shared);

  expect(await mustRun(rename, project, env)).toContain('v1 keeps posts as it was');
  await expectGreenIn(project, 'test/versions.test.ts test/app.test.ts src/modules');
  expect(await mustRun('npx gen status', project)).toMatch(
    /^v1 +\/api +\S+ +2027-05-28 +posts +tags$/m,
  );
  expect(await mustRun('npx gen list', project)).toMatch(
    /^GET +\/api\/posts +public +src\/modules\/posts\/v1\/posts.routes.ts$/m,
  );

  await mustRun('npx gen field rename posts headline title', project, env);
  expect(Object.keys(await filesOf(project)).filter((path) => path.includes('/v1/'))).toEqual([]);
  await mustRun('npx gen undo', project);

  await mustRun('npx gen version remove v1', project, env);
  const manifest = join(plain, 'backend.json');
  const text = await readFile(manifest, 'utf8');
  expect(text).toContain('"basePath": "/api"');
  await writeFile(manifest, text.replace('"basePath": "/api"', '"basePath": "/api/v2"'));
  await mustRun('npx gen apply', plain, env);
  await mustRun(rename, plain, env);
  expect(await filesOf(project)).toEqual(await filesOf(plain));
});
