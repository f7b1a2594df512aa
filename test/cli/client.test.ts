import { readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { accountsWith, emptyFolder, projectOn, run, treeOf, write } from './run-bin.ts';

const gen = (cwd: string, command: string) => run('gen', command.split(' '), { cwd });
const textOf = (project: string, path = 'client/api.ts') => readFile(join(project, path), 'utf8');

describe.each(['express', 'fastapi'])('gen client on %s', (stack) => {
  it('adds the client, which other commands keep true, and remove takes it out again', async () => {
    const project = await projectOn(stack, 'posts title:string');
    const before = await treeOf(project);
    expect(await gen(project, 'client')).toMatchObject({ code: 0, stderr: '' });
    const client = await textOf(project);
    expect(client).toContain('export type Post = {');
    expect((await gen(project, 'client')).stdout).toContain('client/api.ts is up to date.');
    await gen(project, 'field add posts note:text:optional');
    expect(await textOf(project)).toContain('  note: string | null;\n');
    await gen(project, 'endpoint rename posts entries');
    expect(await textOf(project)).toContain('    entries: {\n');
    await gen(project, 'undo');
    expect(await textOf(project)).toContain('    posts: {\n');
    await gen(project, 'field remove posts note --force');
    expect(await textOf(project)).toBe(client);
    expect(await gen(project, 'client --check')).toMatchObject({ code: 0 });
    expect(await gen(project, 'remove client')).toMatchObject({ code: 0, stderr: '' });
    const after = await treeOf(project);
    const isMigration = (path: string) => /migrations\//.test(path);
    expect(Object.keys(after).filter((path) => !isMigration(path))).toEqual(
      Object.keys(before).filter((path) => !isMigration(path)),
    );
    expect(after['backend.json']).toBe(before['backend.json']);
  });
});

describe('gen client', () => {
  it('keeps edits, and moves with --out', async () => {
    const project = await projectOn('express', 'posts title:string');
    await gen(project, 'client');
    const moved = await gen(project, 'client --out src/api.ts');
    expect(moved.stdout).toContain('Moved the client to src/api.ts.');
    const text = await textOf(project, 'src/api.ts');
    await write(project, 'src/api.ts', text.replace('timeout = 10_000', 'timeout = 3_000'));
    await gen(project, 'field add posts note:text:optional');
    const merged = await textOf(project, 'src/api.ts');
    expect(merged).toContain('timeout = 3_000');
    expect(merged).toContain('note: string | null;');
    expect((await gen(project, 'status')).stdout).toContain('edited  src/api.ts');
    expect(await gen(project, 'client --check')).toMatchObject({ code: 0 });
    await rm(join(project, 'src/api.ts'));
    expect(await gen(project, 'client --check')).toMatchObject({ code: 1 });
  });

  it('writes outside of the project, and --check tells when that is stale', async () => {
    const project = await accountsWith('posts title:string');
    await write(project, '../web/src/index.ts', '');
    const out = '--out ../../web/src/api.ts';
    const src = join(project, 'src');
    const before = await treeOf(project);
    expect((await gen(src, `client ${out} --check`)).stdout).toContain('api.ts is missing: ');
    expect((await gen(src, `client ${out} --dry-run`)).stdout).toContain('nothing was written');
    expect(await gen(src, `client ${out}`)).toMatchObject({ code: 0, stderr: '' });
    expect(await treeOf(project)).toEqual(before);
    expect(await textOf(project, '../web/src/api.ts')).toContain('export type AuthLogIn = {');
    expect(await gen(src, `client ${out} --check`)).toMatchObject({ code: 0 });
    expect((await gen(src, `client ${out}`)).stdout).toContain('Nothing to change');
    await gen(project, 'field add posts note:text:optional');
    const stale = await gen(project, 'client --check --json --out ../web/src/api.ts');
    expect(stale).toMatchObject({ code: 1, stderr: '' });
    expect(JSON.parse(stale.stdout)).toEqual({
      result: { status: 'stale', path: '../web/src/api.ts' },
    });
    const renewed = await gen(src, `client ${out} --json`);
    expect(JSON.parse(renewed.stdout)).toMatchObject({
      plan: { changes: [{ kind: 'update', path: '../../web/src/api.ts' }] },
      result: { status: 'done' },
    });
  });

  it.each([
    ['a folder', '../web.ts', 'cannot be read: it is a folder (EISDIR)'],
    ['a file for a folder', '../own.ts/api.ts', 'cannot be read: it is not a folder (ENOTDIR)'],
    ['a link to itself', '../loop.ts', 'cannot be read: its symbolic links form a loop (ELOOP)'],
    [
      'a name that leaves no room for a draft',
      `../${'a'.repeat(248)}.ts`,
      'cannot be written: the name is too long (ENAMETOOLONG)',
    ],
  ])('says why the system refuses %s outside of the project', async (_case, out, reason) => {
    const project = await projectOn('express');
    await write(project, '../web.ts/own.ts', 'mine\n');
    await write(project, '../own.ts', 'mine\n');
    await symlink('loop.ts', join(project, '../loop.ts'));
    const { code, stdout, stderr } = await gen(project, `client --out ${out}`);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`${out} ${reason}`);
    expect(stderr).not.toContain('at async');
  });

  it('refuses what is no such client, and paths where none can be', async () => {
    const project = await projectOn('express');
    await write(project, '../web/own.ts', 'mine\n');
    await write(project, 'own.ts', 'mine\n');
    const elsewhere = await gen(project, 'client --out ../web/own.ts');
    expect(elsewhere).toMatchObject({ code: 1, stdout: '' });
    expect(elsewhere.stderr).toContain('../web/own.ts exists, and is no client');
    const inside = await gen(project, 'client --out own.ts');
    expect(inside).toMatchObject({ code: 1 });
    expect(inside.stderr).toContain('own.ts');
    expect(await textOf(project, 'own.ts')).toBe('mine\n');
    expect(await textOf(project, '../web/own.ts')).toBe('mine\n');
    for (const out of ['api.js', 'types.d.ts', 'a b.ts', '..', '']) {
      expect(await run('gen', ['client', '--out', out], { cwd: project })).toMatchObject({
        code: 1,
      });
    }
    expect(await gen(project, 'client --out ../web/own.ts --force')).toMatchObject({ code: 0 });
  });

  it.each([
    ['express', 'src/http/errors.ts'],
    ['express', 'src/modules/posts/posts.schema.ts'],
    ['express', 'src/db/migrations/20300101000000_client.ts'],
    ['fastapi', 'migrations/versions/client.ts'],
  ])('refuses on %s the place of another generated file, %s', async (stack, path) => {
    const project = await projectOn(stack, 'posts title:string');
    const before = await treeOf(project);
    const refused = await gen(project, `client --out ${path} --force`);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(`The client cannot be in ${path}`);
    expect(await treeOf(project)).toEqual(before);
  });

  it('refuses an endpoint whose file would be in the place of the client', async () => {
    const project = await projectOn('express');
    await gen(project, 'client --out src/modules/posts/posts.schema.ts');
    const before = await treeOf(project);
    const refused = await gen(project, 'endpoint posts title:string');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('The client cannot be in src/modules/posts/posts.schema.ts');
    expect(await treeOf(project)).toEqual(before);
  });

  it('says what is in the way of a file outside of the project', async () => {
    const project = await projectOn('express');
    await write(project, '../web/folder.ts/index.ts', '');
    for (const [out, reason] of [
      ['../web/folder.ts', 'it is a folder'],
      ['../web/folder.ts/index.ts/api.ts', 'it is not a folder'],
    ]) {
      for (const flag of ['', ' --check']) {
        const { code, stderr } = await gen(project, `client --out ${out}${flag}`);
        expect({ out, code, stderr }).toEqual({
          out,
          code: 1,
          stderr: expect.stringContaining(`cannot be read: ${reason}`),
        });
      }
    }
  });

  it('works only in a project', async () => {
    expect(await gen(await emptyFolder(), 'client')).toMatchObject({ code: 1, stdout: '' });
  });
});
