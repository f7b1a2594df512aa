import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectWith, run, treeOf, write } from './run-bin.ts';

const gen = (cwd: string, command: string) => run('gen', command.split(' '), { cwd });
const read = (project: string, path: string) => readFile(join(project, path), 'utf8');

const endpoints = ['tags name:string:unique', 'posts title tag:ref:tags --under tags'];

describe('gen endpoint rename', () => {
  it('renames, keeps what a person wrote, and is taken back byte for byte', async () => {
    const project = await projectWith(...endpoints);
    const service = await read(project, 'src/modules/tags/tags.service.ts');
    await write(project, 'src/modules/tags/tags.service.ts', `${service}// mine\n`);
    const before = await treeOf(project);
    const { code, stdout, stderr } = await gen(project, 'endpoint rename tag label');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('✓ Renamed tags to labels.\n');
    expect(await read(project, 'src/modules/labels/labels.service.ts')).toMatch(/\/\/ mine\n$/);
    expect(await read(project, 'backend.json')).not.toContain('tags');
    const again = await gen(project, 'endpoint rename tags labels');
    expect(again).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('perhaps it is renamed already'),
    });
    expect(await gen(project, 'undo --force')).toMatchObject({ code: 0 });
    const after = await treeOf(project);
    const isOld = ([path]: [string, string]) => Object.hasOwn(before, path);
    expect(Object.fromEntries(Object.entries(after).filter(isOld))).toEqual(before);
  });

  it('shows the plan with the flag on either side of the word', async () => {
    const project = await projectWith(...endpoints);
    const before = await treeOf(project);
    for (const command of [
      'endpoint rename tags labels --dry-run',
      'endpoint --dry-run rename tags labels',
    ]) {
      const { code, stdout } = await gen(project, command);
      expect({ code, stdout }).toEqual({
        code: 0,
        stdout: expect.stringContaining('create  src/modules/labels/labels.service.ts'),
      });
    }
    expect(await treeOf(project)).toEqual(before);
  });

  it('leaves a name that is called rename to its plural', async () => {
    const project = await projectWith();
    const refused = await gen(project, 'endpoint rename title:string');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('renames an endpoint, and `title:string` is a field.');
    expect(refused.stderr).toContain('Try: npx gen endpoint renames title:string\n');
    expect(await gen(project, 'endpoint renames title:string')).toMatchObject({ code: 0 });
    expect(await gen(project, 'endpoint help title:string')).toMatchObject({ code: 0 });
    expect(await gen(project, 'endpoint rename rename changes')).toMatchObject({ code: 0 });
    expect(await read(project, 'backend.json')).toContain('"changes"');
  });

  it.each([
    ['endpoint rename', 'The endpoint has no name.'],
    ['endpoint rename tags', 'The new name is missing.'],
    ['endpoint rename tags a b', 'There are too many arguments.'],
    [
      'endpoint --pagination offset rename tags labels',
      '`--pagination` is only for new endpoints.',
    ],
    ['endpoint rename tags posts', '`posts` exists already.'],
  ])('refuses `gen %s`, and writes nothing', async (command, found) => {
    const project = await projectWith(...endpoints);
    const before = await treeOf(project);
    const { code, stderr } = await gen(project, command);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(found) });
    expect(await treeOf(project)).toEqual(before);
  });
});

describe('a name that was changed in backend.json', () => {
  it('is refused by gen apply without force, with the command that keeps the rows', async () => {
    const project = await projectWith(...endpoints);
    const manifest = await read(project, 'backend.json');
    await write(project, 'backend.json', manifest.replaceAll('tags', 'labels'));
    const before = await treeOf(project);
    const refused = await gen(project, 'apply');
    const status = await gen(project, 'status');
    expect(status.stdout).toContain('are not applied: npx gen endpoint rename tags labels\n');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('The table `tags` is dropped with all its rows.');
    expect(refused.stderr).toContain('Try: npx gen endpoint rename tags labels\n');
    expect(await treeOf(project)).toEqual(before);

    expect(await gen(project, 'endpoint rename tags labels')).toMatchObject({ code: 0 });
    expect(await gen(project, 'apply')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Nothing to change'),
    });
    expect(await read(project, 'backend.json')).toBe(manifest.replaceAll('tags', 'labels'));
  });

  it('drops the table with force, and says so', async () => {
    const project = await projectWith(...endpoints);
    await write(
      project,
      'backend.json',
      (await read(project, 'backend.json')).replaceAll('tags', 'labels'),
    );
    const { code, stdout } = await gen(project, 'apply --force');
    expect(code).toBe(0);
    expect(stdout).toMatch(/warning {2}\S+_drop_tags\.ts {2}The table `tags` is dropped/);
  });
});

describe('a field that was called otherwise in backend.json', () => {
  const edit = async (project: string, changes: Record<string, string>) => {
    const manifest = await read(project, 'backend.json');
    const edited = Object.entries(changes).reduce(
      (text, [from, to]) => text.replaceAll(from, to),
      manifest,
    );
    await write(project, 'backend.json', edited);
    return edited;
  };

  it('is refused by gen apply, with the command that keeps its data', async () => {
    const project = await projectWith(...endpoints);
    const edited = await edit(project, { '"title"': '"headline"' });
    const told = 'npx gen field rename posts title headline\n';
    expect((await gen(project, 'status')).stdout).toContain(`are not applied: ${told}`);
    expect((await gen(project, 'list')).stderr).toContain(told);
    expect((await gen(project, 'endpoint labels name')).stderr).toContain(`Try: ${told}`);
    const refused = await gen(project, 'apply');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('`posts.title` is removed with all its data.');
    expect(refused.stderr).toContain('A rename to `headline` keeps the data');
    expect(refused.stderr).toContain('Try: npx gen field rename posts title headline\n');
    expect(await gen(project, 'field rename posts title headline')).toMatchObject({ code: 0 });
    const applied = await gen(project, 'apply');
    expect(applied.stdout).toContain('Nothing to change');
    expect(await read(project, 'backend.json')).toBe(edited);
  });

  it('and with other edits beside it: those wait for gen apply', async () => {
    const project = await projectWith(...endpoints);
    const changes = { '"title"': '"headline"', '"unique": true': '"optional": true' };
    const edited = await edit(project, changes);
    const renamed = await gen(project, 'field rename posts title headline');
    expect(renamed.stdout).toContain(
      'Other edits of backend.json are not applied yet: run gen apply.',
    );
    expect(await read(project, 'backend.json')).toBe(edited);
    expect(await gen(project, 'apply')).toMatchObject({ code: 0 });
    expect(await gen(project, 'status')).toMatchObject({ code: 0 });
  });

  it('is no way around other edits where the old name is there still', async () => {
    const project = await projectWith(...endpoints);
    await edit(project, { '"unique": true': '"optional": true' });
    const refused = await gen(project, 'field rename posts title headline');
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('gen apply') });
  });
});
