import { expect, it } from 'vitest';
import { projectWith, run, treeOf } from './run-bin.ts';

/** What `gen version` says, one command after the other in the same project. */
const said: ReadonlyArray<readonly [command: string, code: number, said: string]> = [
  ['version remove v1', 1, 'There is no version `v1`.'],
  ['version v1', 1, 'Expected v2 or a later one.'],
  ['version v2 --sunset soon', 1, '`soon` is not a day.'],
  ['version v2', 0, 'The API is at /api/v2 now; /api is deprecated and goes on.'],
  ['version v2', 0, 'Nothing to change: backend.json has v2 already.'],
  ['version v2 --sunset 2099-05-28', 0, 'v1 at /api is served until 2099-05-28.'],
  ['version remove v2', 1, 'v2 is the newest version.'],
  ['field rename posts title headline', 0, 'v1 keeps posts as it was'],
  ['version v3', 0, 'The API is at /api/v3 now; /api/v2 is deprecated and goes on.'],
  ['version remove v2', 0, 'Removed v2.'],
  ['version remove v1', 0, 'Removed v1.'],
];

it('says of each version what becomes of it, and changes nothing where it refuses', async () => {
  const project = await projectWith('posts title:string');
  for (const [command, code, text] of said) {
    const before = await treeOf(project);
    const ended = await run('gen', command.split(' '), { cwd: project });
    expect({ command, code: ended.code }).toEqual({ command, code });
    expect(ended.stdout + ended.stderr).toContain(text);
    if (code !== 0) expect(await treeOf(project)).toEqual(before);
  }
});
