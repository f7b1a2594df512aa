import { expect, it } from 'vitest';
import { projectWith, run, treeOf } from './run-bin.ts';
import { signalledAt } from './signalled.ts';

const args = ['endpoint', 'posts', 'title'];

it.each(['journal', 'backend.json', 'posts.routes.ts'])(
  'Ctrl-C while files are written, at %s, leaves everything as it was',
  async (path) => {
    const cwd = await projectWith();
    const before = await treeOf(cwd);
    const env = await signalledAt(path, 'SIGINT');
    const { code, stdout, stderr } = await run('gen', args, { cwd, env });
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toContain('Cancelled. Nothing was written.');
    expect(await treeOf(cwd)).toEqual(before);
  },
);

it('as JSON, says that it was cancelled', async () => {
  const cwd = await projectWith();
  const env = await signalledAt('journal', 'SIGINT');
  const { code, stdout } = await run('gen', [...args, '--json'], { cwd, env });
  expect(code).toBe(130);
  expect(JSON.parse(stdout)).toMatchObject({ error: { kind: 'cancelled' } });
});

it('a command that was killed while it wrote is taken back by the next one, which says so', async () => {
  const cwd = await projectWith();
  const before = await treeOf(cwd);
  const env = await signalledAt('posts.routes.ts', 'SIGKILL');
  const killed = await run('gen', args, { cwd, env });
  expect(killed.code).toBeUndefined();
  expect(await treeOf(cwd)).not.toEqual(before);
  const { code, stdout, stderr } = await run('gen', ['endpoint', 'tags', 'name'], { cwd });
  expect(code).toBe(0);
  expect(stderr).toBe(
    'An earlier command was interrupted while writing: its changes were undone.\n',
  );
  expect(stdout).toContain('Added /api/tags with its table');
  const paths = Object.keys(await treeOf(cwd));
  expect(paths.filter((path) => path.includes('posts') || path.includes('journal'))).toEqual([]);
});
