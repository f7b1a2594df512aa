import { mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { commit } from '../../src/commit/commit.ts';
import { recover } from '../../src/commit/recover.ts';
import type { Change } from '../../src/manifest/change.ts';
import { UserError } from '../../src/manifest/errors.ts';
import { newFolder } from './folder.ts';
import { before, CHANGES, writeSample } from './sample.ts';
import { failure, treeOf, watched } from './tree.ts';

let root: string;
beforeEach(async () => {
  root = await newFolder();
  await writeSample(root);
});

const create = (path: string): Change => ({ kind: 'create', path, content: 'x' });

async function refused(changes: Change[], disk = watched(() => {})): Promise<UserError> {
  const old = await treeOf(root);
  const error = await commit(root, changes, disk).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(await treeOf(root)).toEqual(old);
  if (!(error instanceof UserError)) throw error ?? new Error('It was not refused.');
  return error;
}

describe('commit', () => {
  it('creates, updates and deletes, and leaves nothing else behind', async () => {
    await commit(root, CHANGES);
    const tree = await treeOf(root);
    expect(Object.keys(tree)).toEqual([
      'bin/',
      'bin/gen',
      'bin/run.sh',
      'logo.png',
      'package.json',
      'src/',
      'src/modules/',
      'src/modules/posts/',
      'src/modules/posts/posts.ts',
      'src/modules/users/',
      'src/modules/users/users.ts',
      'src/routes.ts',
      'src/stays/',
      'src/stays/here.ts',
    ]);
    expect(await readFile(join(root, 'src/routes.ts'), 'utf8')).toBe('\uFEFFa\r\nb\r\nc\r\n');
    expect([...(await readFile(join(root, 'logo.png')))]).toEqual([0x89, 0x50, 0xff, 0x00]);
    const modes = await Promise.all(
      ['src/routes.ts', 'bin/run.sh', 'bin/gen'].map((path) => stat(join(root, path))),
    );
    expect(modes.map(({ mode }) => mode & 0o777)).toEqual([0o640, 0o755, 0o755]);
  });

  it('does nothing for no changes', async () => {
    const old = await treeOf(root);
    await commit(root, []);
    expect(await treeOf(root)).toEqual(old);
    expect(await recover(root)).toBe('none');
  });

  it('keeps what else is in .backend', async () => {
    await mkdir(join(root, '.backend'));
    await writeFile(join(root, '.backend/notes'), 'mine');
    await commit(root, CHANGES);
    expect(await readFile(join(root, '.backend/notes'), 'utf8')).toBe('mine');
  });

  it.each([
    ['', 'is empty'],
    ['/etc/passwd', 'is absolute'],
    ['C:/x', 'is absolute'],
    ['a\\b', 'backslash'],
    ['a\0b', 'null character'],
    ['../x', '".."'],
    ['a/../../x', '".."'],
    ['a//b', 'empty part'],
    ['./a', '"."'],
    ['.git/config', '.git'],
    ['packages/a/.GIT/hooks/pre-commit', '.git'],
    ['.backend/journal/x', '.backend'],
  ])('refuses the path %j', async (path, reason) => {
    expect((await refused([create(path)])).message).toContain(reason);
  });

  it('takes two changes of one path for our bug', async () => {
    await expect(commit(root, [create('a'), create('a')])).rejects.toThrow(/changes a twice/);
    await expect(commit(root, [create('a'), create('a')])).rejects.not.toBeInstanceOf(UserError);
  });

  it('reports everything that is wrong at once', async () => {
    const error = await refused([
      create('package.json'),
      create('package.json/x'),
      create('new/fine'),
      create('bin'),
      { kind: 'update', path: 'src/routes.ts', before: 'other', content: 'x' },
      { kind: 'update', path: 'src/none.ts', before: 'other', content: 'x' },
      { kind: 'delete', path: 'src/old/also.ts', before: 'other' },
      { kind: 'delete', path: 'src/old', before: '' },
    ]);
    expect(error.problems.map(({ found }) => found)).toEqual([
      'package.json already exists.',
      'package.json is a file.',
      'bin already exists.',
      'src/routes.ts was changed while this command was running.',
      'src/none.ts was removed while this command was running.',
      'src/old/also.ts was changed while this command was running.',
      'src/old is not a file.',
    ]);
    expect(error.command).toBe('run the same command again');
  });

  it('compares bytes, not text', async () => {
    await writeFile(join(root, 'a'), new Uint8Array([0xff]));
    const error = await refused([{ kind: 'update', path: 'a', before: '\uFFFD', content: 'x' }]);
    expect(error.message).toContain('a was changed');
  });

  it('refuses links that leave the project, or lead nowhere', async () => {
    await mkdir(join(root, '../outside'));
    await writeFile(join(root, '../outside/file'), 'theirs');
    await symlink('../outside', join(root, 'out'));
    await symlink('../outside/file', join(root, 'outfile'));
    await symlink('nowhere', join(root, 'dangling'));
    await symlink('.git', join(root, 'git'));
    await mkdir(join(root, '.git'));
    const error = await refused([
      create('out/a'),
      create('out/b/c'),
      create('dangling/a'),
      create('dangling'),
      create('git/hook'),
      create('git/hooks/x'),
      { kind: 'update', path: 'outfile', before: 'theirs', content: 'ours' },
    ]);
    expect(error.problems).toHaveLength(7);
    expect(await treeOf(join(root, '../outside'))).toEqual({ file: expect.any(String) });
  });

  it('writes through links that stay inside, and keeps the links', async () => {
    await symlink('src', join(root, 'lib'));
    await symlink('package.json', join(root, 'linked.json'));
    await commit(root, [
      create('lib/new/a.ts'),
      { kind: 'update', path: 'linked.json', before: '{}\n', content: 'new' },
    ]);
    const tree = await treeOf(root);
    expect(tree).toMatchObject({ lib: 'link src', 'linked.json': 'link package.json' });
    expect(await readFile(join(root, 'package.json'), 'utf8')).toBe('new');
    expect(await readFile(join(root, 'src/new/a.ts'), 'utf8')).toBe('x');
    await commit(root, [{ kind: 'delete', path: 'linked.json', before: 'new' }]);
    expect(await treeOf(root)).toHaveProperty('package.json');
    expect(await treeOf(root)).not.toHaveProperty('linked.json');
  });

  it('names every path that may not be written, before it writes', async () => {
    const disk = watched((_, name, path) => {
      if (name === 'writable' && /old|bin$/.test(path)) throw failure('EACCES');
    });
    const error = await refused(CHANGES, disk);
    expect(error.problems.map(({ found }) => found)).toEqual([
      'bin cannot be written: permission denied (EACCES).',
      'src/old/deep cannot be written: permission denied (EACCES).',
      'src/old/deep/gone.ts cannot be written: permission denied (EACCES).',
      'src/old cannot be written: permission denied (EACCES).',
      'src/old/also.ts cannot be written: permission denied (EACCES).',
    ]);
  });

  it('refuses a project that is read-only', async () => {
    const disk = watched((_, name) => {
      if (name === 'mkdir') throw failure('EROFS');
    });
    expect((await refused(CHANGES, disk)).message).toContain('read-only (EROFS)');
  });

  it('refuses a root that is not a folder, and a .backend that is not', async () => {
    await expect(commit(join(root, 'none'), CHANGES)).rejects.toBeInstanceOf(UserError);
    await expect(commit(join(root, 'package.json'), CHANGES)).rejects.toBeInstanceOf(UserError);
    await writeFile(join(root, '.backend'), '');
    expect((await refused(CHANGES)).message).toContain('.backend is not a folder');
  });

  it('stops at a signal, with everything taken back', async () => {
    const old = await treeOf(root);
    let total = 0;
    await commit(
      root,
      [create('dry')],
      watched((index) => {
        total = index;
      }),
    );
    await commit(root, [{ kind: 'delete', path: 'dry', before: 'x' }]);
    for (const at of [0, Math.floor(total / 2), total - 12]) {
      const abort = new AbortController();
      const disk = watched((index) => {
        if (index === at) abort.abort();
      });
      await expect(commit(root, CHANGES, disk, abort.signal)).rejects.toThrow(/aborted/);
      expect(await treeOf(root)).toEqual(old);
    }
  });

  it('lets only one of two at the same time write', async () => {
    const results = await Promise.allSettled([
      commit(root, CHANGES),
      commit(root, CHANGES),
      commit(root, CHANGES),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await readFile(join(root, 'package.json'), 'utf8')).not.toBe(before('package.json'));
    expect(await treeOf(root)).not.toHaveProperty('.backend/');
  });
});
