import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { installedProject } from './accounts/project.ts';
import { expectGreenIn } from './checks.ts';
import { copyProject, ownFolder } from './projects.ts';
import { mustRun } from './run.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

const songs = 'gen endpoint songs title:string:search album:ref:albums --under albums';

describe('a project whose backend.json got another base path', () => {
  let project: string;
  beforeAll(async () => {
    project = await copyProject(await installedProject(), await ownFolder('base-path'));
    await mustRun('npx gen endpoint albums title:string:unique --access read=owner', project);
    const manifest = join(project, 'backend.json');
    const text = await readFile(manifest, 'utf8');
    expect(text).toContain('"basePath": "/api"');
    await writeFile(manifest, text.replace('"basePath": "/api"', '"basePath": "/api/v1"'));
    await mustRun('npx gen apply', project);
    await mustRun(`npx ${songs}`, project);
  });

  it.each(['auth/me', 'modules/users/users', 'modules/albums/albums', 'modules/songs/songs'])(
    'has it in src/%s.test.ts',
    async (name) => {
      const test = await readFile(join(project, `src/${name}.test.ts`), 'utf8');
      expect(test).toContain("'/api/v1/");
      expect(test).not.toMatch(/\/api\/(?!v1\/)/);
    },
  );

  it('is green', () => expectGreenIn(project, 'src/auth src/modules'));
});
