import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectOn, projectWith, run, treeOf, write } from './run-bin.ts';

const gen = (cwd: string, command: string) => run('gen', command.split(' '), { cwd });
const done = async (cwd: string, command: string) => {
  const { code, stderr } = await gen(cwd, command);
  expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: '' });
};
const read = (project: string, path: string) => readFile(join(project, path), 'utf8');

const endpoints = ['topics name:string:unique', 'posts title topic:ref:topics --under topics'];
const create = 'collections/bruno/posts/create.yml';

/** The collections of a project, by their paths. */
async function filesOf(project: string) {
  const all = Object.entries(await treeOf(project));
  return Object.fromEntries(all.filter(([path]) => path.startsWith('collections/')));
}

describe('gen collections', () => {
  it.each(['express', 'fastapi'])(
    'adds them and takes them out without a trace: %s',
    async (stack) => {
      const project = await projectOn(stack, ...endpoints);
      const before = await treeOf(project);
      await done(project, 'collections');
      const added = await treeOf(project);
      expect(Object.keys(added)).toEqual(
        expect.arrayContaining([
          'collections/postman/collection.json',
          'collections/postman/environment.json',
          'collections/insomnia.yaml',
          'collections/bruno/opencollection.yml',
          create,
        ]),
      );
      const again = await gen(project, 'collections');
      expect(again.stdout).toContain(
        'Nothing to change: the collections match backend.json already.',
      );
      expect(await treeOf(project)).toEqual(added);
      await done(project, 'remove collections');
      expect(await treeOf(project)).toEqual(before);
      const gone = await gen(project, 'remove collections');
      expect(gone.stdout).toContain('Nothing to change: the project has no collections.');
    },
  );

  it('keeps them true, and what a person wrote into them', async () => {
    const project = await projectWith(...endpoints);
    await done(project, 'collections');
    const text = await read(project, create);
    await write(project, create, text.replace('http:\n', 'docs: Mine.\nhttp:\n'));
    const edited = await filesOf(project);
    await done(project, 'field add posts summary:text:optional');
    expect(await read(project, create)).toContain('"summary": "summary 000001"');
    expect(await read(project, create)).toContain('docs: Mine.');
    expect(await read(project, 'collections/postman/collection.json')).toContain('summary');
    expect(await gen(project, 'undo --force')).toMatchObject({ code: 0 });
    expect(await filesOf(project)).toEqual(edited);
    await done(project, 'endpoint notes text:string');
    expect(await read(project, 'collections/bruno/notes/create.yml')).toContain('/api/notes');
    await done(project, 'remove endpoint notes --force');
    const paths = Object.keys(await treeOf(project));
    expect(
      paths.filter((path) => path.startsWith('collections/') && path.includes('note')),
    ).toEqual([]);
  });

  it('follows a new name of an endpoint', async () => {
    const project = await projectWith(...endpoints);
    await done(project, 'collections');
    await done(project, 'endpoint rename topics labels');
    const files = Object.entries(await filesOf(project));
    expect(files.filter(([path, content]) => /topics?\b/.test(path + content))).toEqual([]);
    expect(await read(project, create)).toContain('"topicId": "{{labelId}}"');
  });

  it('is what the setting in backend.json says', async () => {
    const project = await projectWith(...endpoints);
    const before = await treeOf(project);
    const manifest: unknown = JSON.parse(await read(project, 'backend.json'));
    const wanted = { ...Object(manifest), collections: true };
    await write(project, 'backend.json', `${JSON.stringify(wanted, null, 2)}\n`);
    await done(project, 'apply');
    expect(await read(project, create)).toContain('/api/posts');
    await write(project, 'backend.json', before['backend.json'] ?? '');
    await done(project, 'apply');
    expect(await treeOf(project)).toEqual(before);
  });

  it('has no name, and an endpoint has one', async () => {
    const project = await projectWith(...endpoints);
    const named = await gen(project, 'remove collections posts');
    expect(named.stderr).toContain('`posts` is the name of nothing');
    expect(named.stderr).toContain('Try: npx gen remove collections\n');
    const nameless = await gen(project, 'remove endpoint');
    expect(nameless).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('The endpoint has no name.'),
    });
  });
});
