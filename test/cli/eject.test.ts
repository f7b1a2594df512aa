import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectWith, run, treeOf, write } from './run-bin.ts';

const folder = '.backend/templates/endpoint/src/modules/[path]';
const service = `${folder}/[path].service.ts.hbs`;

const gen = (cwd: string, command: string) => run('gen', command.split(' '), { cwd });
const textOf = (project: string, path: string) => readFile(join(project, path), 'utf8');

async function edit(project: string, path: string, from: string, to: string): Promise<void> {
  const text = await textOf(project, path);
  expect(text).toContain(from);
  await write(project, path, text.replace(from, to));
}

async function ejected(...endpoints: string[]): Promise<string> {
  const project = await projectWith(...endpoints);
  expect(await gen(project, 'eject endpoint')).toMatchObject({ code: 0, stderr: '' });
  return project;
}

describe('gen eject endpoint', () => {
  it('copies every template of an endpoint, and what it renders stays the same', async () => {
    const project = await projectWith();
    const { code, stdout, stderr } = await gen(project, 'eject endpoint');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const files = [...stdout.matchAll(/^ +create {2}(\S+)$/gm)].map(([, path]) => path);
    expect(files).toHaveLength(10);
    expect(files).toContain(service);
    expect(files).toContain('.backend/templates/ejected.json');
    expect(stdout).toContain('✓ Endpoints are now made from .backend/templates/endpoint.');
    const plain = await projectWith('posts title:string');
    expect(await gen(project, 'endpoint posts title:string')).toMatchObject({ code: 0 });
    const path = 'src/modules/posts/posts.service.ts';
    expect(await textOf(project, path)).toBe(await textOf(plain, path));
  });

  it('is what endpoints are made from, until a template is deleted', async () => {
    const project = await ejected();
    await edit(project, service, 'independent of HTTP. */', 'independent of {{table}}. */');
    await write(project, `${folder}/[path].events.md.hbs`, '# Events of {{humanPlural}}\n');
    expect(await gen(project, 'endpoint posts title:string')).toMatchObject({ code: 0 });
    const posts = await treeOf(join(project, 'src/modules/posts'));
    expect(posts['posts.service.ts']).toContain(
      '/** The rules for posts, independent of posts. */',
    );
    expect(posts['posts.events.md']).toBe('# Events of posts\n');
    await rm(join(project, service));
    expect(await gen(project, 'endpoint notes title:string')).toMatchObject({ code: 0 });
    const notes = await treeOf(join(project, 'src/modules/notes'));
    expect(notes['notes.service.ts']).toContain('/** The rules for notes, independent of HTTP. */');
  });

  it('copies those of GraphQL where the project has it, and makes endpoints from them', async () => {
    const project = await projectWith();
    await edit(project, 'backend.json', '{', '{ "graphql": true,');
    expect(await gen(project, 'apply')).toMatchObject({ code: 0 });
    expect(await gen(project, 'eject endpoint')).toMatchObject({ code: 0, stderr: '' });
    const template = `${folder}/[path].graphql.ts.hbs`;
    await edit(project, template, 'export const', '// Of {{humanPlural}}.\nexport const');
    expect(await gen(project, 'endpoint posts title:string')).toMatchObject({ code: 0 });
    const made = await textOf(project, 'src/modules/posts/posts.graphql.ts');
    expect(made).toContain('// Of posts.\nexport const postById');
    expect((await gen(project, 'status')).stdout).not.toContain('The original of');
  });

  it('leaves templates that were edited, and says so; --force replaces them', async () => {
    const project = await ejected();
    const original = await textOf(project, service);
    await edit(project, service, 'independent of HTTP', 'mine');
    const edited = await treeOf(project);
    const again = await gen(project, 'eject endpoint');
    expect(again.code).toBe(0);
    expect(again.stdout).toContain(`     kept  ${service}  it has your edits\n`);
    expect(again.stdout).toContain(`     same  ${folder}/[path].routes.ts.hbs\n`);
    expect(again.stdout).toContain('✓ Nothing to change: the project has these templates already.');
    expect(await treeOf(project)).toEqual(edited);
    expect(await gen(project, 'eject endpoint --force')).toMatchObject({ code: 0 });
    expect(await textOf(project, service)).toBe(original);
  });

  it('leaves it to gen status to say which originals have changed since', async () => {
    const project = await ejected();
    expect((await gen(project, 'status')).stdout).not.toContain('The original of');
    const record = '.backend/templates/ejected.json';
    await edit(project, record, '[path].service.ts.hbs": "', '[path].service.ts.hbs": "another');
    const how = 'npx gen eject endpoint --force --diff';
    const line = `! The original of ${service} has changed since you copied it: ${how}\n`;
    expect((await gen(project, 'status')).stdout).toContain(line);
    const { stdout } = await gen(project, 'status --json');
    expect(JSON.parse(stdout).changedTemplates).toEqual([service]);
    await rm(join(project, service));
    expect((await gen(project, 'status')).stdout).not.toContain('The original of');
  });

  it('is taken back by gen undo', async () => {
    const project = await projectWith();
    const before = await treeOf(project);
    expect(await gen(project, 'eject endpoint')).toMatchObject({ code: 0 });
    expect(await gen(project, 'undo')).toMatchObject({ code: 0 });
    expect(await treeOf(project)).toEqual(before);
  });

  it.each([
    [
      'a block that does not end',
      '{{#if can.list}}',
      '{{#if can.list}',
      'it cannot be read near `...urn {{{#if can.list}',
    ],
    ['blocks that cross', '{{#if can.list}}', '{{#each fields}}', "each doesn't match if"],
    [
      'a name that is not there',
      '{{humanPlural}}',
      '{{humanPlurl}}',
      'there is no name `humanPlurl`.\n  Did you mean `humanPlural`?',
    ],
    [
      'a condition that is not there',
      '{{#if can.list}}',
      '{{#if can.lst}}',
      'there is no name `can.lst`.',
    ],
    [
      'a name that another took the place of',
      '{{#if can.list}}',
      '{{#if reads}}',
      'the name `reads` is gone.\n  Expected `can.read` in its place.',
    ],
    [
      'a helper that is not there',
      '{{humanPlural}}',
      '{{upper humanPlural}}',
      'there is no name `upper`.',
    ],
    ['a partial', '{{humanPlural}}', '{{> header}}', 'there is no name `> header`.'],
  ])('refuses %s, with its file and line, and writes nothing', async (_, from, to, message) => {
    const project = await ejected();
    const text = await textOf(project, service);
    const line = text.slice(0, text.indexOf(from)).split('\n').length;
    await edit(project, service, from, to);
    const before = await treeOf(project);
    const { code, stderr } = await gen(project, 'endpoint posts title:string');
    expect(stderr).toContain(`✗ ${service}, line ${line}: `);
    expect(stderr).toContain(message);
    expect(code).toBe(1);
    expect(await treeOf(project)).toEqual(before);
  });
});
