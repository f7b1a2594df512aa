import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { installedRelease } from '../generated/releases.ts';
import { mustRun } from '../generated/run.ts';
import { emptyFolder, run, write } from './run-bin.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const folder = '.backend/templates/endpoint/src/modules/[path]';
const template = `${folder}/[path].service.ts.hbs`;
const service = 'src/modules/posts/posts.service.ts';

const gen = (cwd: string, ...args: string[]) => run('gen', args, { cwd });

describe('a project of 0.2.0 with templates of its own', () => {
  let project: string;
  const textOf = (path: string) => readFile(join(project, path), 'utf8');
  const edit = async (path: string, from: string, to: string) => {
    const text = await textOf(path);
    expect(text).toContain(from);
    await write(project, path, text.replaceAll(from, to));
  };

  beforeEach(async () => {
    const tool = await installedRelease('0.2.0');
    const root = await emptyFolder();
    const flags = '--auth none --no-install --no-git --yes';
    await mustRun(`node ${tool}/bin/create-backend.js shop ${flags}`, root);
    project = join(root, 'shop');
    await mustRun(`node ${tool}/bin/gen.js endpoint posts title:string --yes`, project);
    await mustRun(`node ${tool}/bin/gen.js eject endpoint`, project);
  });

  it('is upgraded by the new originals where nobody edited the copies', async () => {
    const { code, stdout } = await gen(project, 'upgrade');
    expect({ code, stdout }).toMatchObject({ code: 0 });
    expect(await textOf(service)).toContain("import type { Only } from '../../db/versions.ts';");
    expect(await gen(project, 'eject', 'endpoint')).toMatchObject({ code: 0 });
    expect(await textOf(template)).toContain('{{read.parameter}}');
  });

  it('is told what took the place of a name that is gone, and upgraded once it says that', async () => {
    const own = '/** The rules of our house for';
    await edit(template, '/** What can be done with', own);
    const refused = await gen(project, 'upgrade');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(`✗ ${template}, line `);
    expect(refused.stderr).toContain(
      'the name `changing.passes` is gone.\n  Expected `update.parameter` in its place.',
    );
    expect(refused.stderr).toContain('Try: npx gen eject endpoint --force --diff');
    const shown = await gen(project, 'eject', 'endpoint', '--force', '--diff');
    expect(shown).toMatchObject({ code: 0 });
    expect(await gen(project, 'eject', 'endpoint', '--force')).toMatchObject({ code: 0 });
    await edit(template, '/** The rules for', own);
    expect(await gen(project, 'upgrade')).toMatchObject({ code: 0 });
    expect(await textOf(service)).toContain(own);
  });
});
