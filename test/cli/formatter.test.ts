import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectWith, run } from './run-bin.ts';

it('says that new files have the usual layout where the formatter is not installed', async () => {
  const project = await projectWith();
  const options = join(project, 'biome.json');
  const text = await readFile(options, 'utf8');
  expect((await run('gen', ['endpoint', 'tags', 'name'], { cwd: project })).stderr).not.toContain(
    'layout',
  );
  await writeFile(options, text.replace('"space"', '"tab"'));
  const { code, stderr } = await run('gen', ['endpoint', 'posts', 'title', '--dry-run'], {
    cwd: project,
  });
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: 'Biome is not installed: new files are not formatted with your options\n',
  });
});
