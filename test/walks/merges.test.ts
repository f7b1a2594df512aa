import { beforeAll, describe, expect, it } from 'vitest';
import { mergeWalk } from './merge.ts';
import { runWalks, setting } from './run-walks.ts';
import { typeErrors } from './type-errors.ts';
import type { Walk } from './walk.ts';

const count = setting('WALKS', 5);
const first = setting('WALK_SEED', 1);

const minutes = 60_000;
let folder: string;
let walks: Walk[];

beforeAll(async () => {
  ({ folder, walks } = await runWalks('merges', { first, count }, (own, seed) =>
    mergeWalk(own, seed, 3),
  ));
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
