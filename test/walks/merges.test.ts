import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { installedProject } from '../generated/accounts/project.ts';
import { ownFolder } from '../generated/projects.ts';
import { mergeWalk } from './merge.ts';
import { typeErrors } from './type-errors.ts';
import type { Walk } from './walk.ts';

const setting = (name: string, usual: number) => Number(process.env[name] ?? usual);
const count = setting('WALKS', 5);
const first = setting('WALK_SEED', 1);

const minutes = 60_000;
let folder: string;
let walks: Walk[];

beforeAll(async () => {
  folder = await ownFolder('merges');
  const installed = await installedProject();
  await symlink(join(installed, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  walks = [];
  for (let seed = first; seed < first + count; seed += 1) {
    const own = join(folder, `walk-${seed}`);
    await mkdir(own);
    walks.push(await mergeWalk(own, seed, 3));
  }
}, 60 * minutes);

describe(`${count} merges of two branches from seed ${first}`, () => {
  it('leave no conflict marker behind, and nothing to settle but backend.json', () => {
    const failed = walks.filter(
      ({ lost, outcomes }) => lost.length > 0 || !outcomes.every((each) => each === 'done'),
    );
    expect(failed.map(({ seed, lost, story }) => ({ seed, lost, story }))).toEqual([]);
  });

  it(
    'leave a project that type-checks',
    async () => {
      const errors = await typeErrors(
        folder,
        walks.flatMap(({ states }) => states),
      );
      const broken = walks.filter(({ seed }) =>
        errors.some((error) => error.includes(`walk-${seed}/`)),
      );
      const stories = broken.map(({ seed, story }) => `walk ${seed}:\n${story.join('\n')}`);
      expect([...errors, ...stories].join('\n')).toBe('');
    },
    60 * minutes,
  );
});
