import { beforeAll, describe, expect, it } from 'vitest';
import { mergeWalk } from './merge.ts';
import { runWalks, setting } from './run-walks.ts';
import { faultsIn } from './type-errors.ts';
import type { Walk } from './walk.ts';
import { stacksOf } from './walked.ts';

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

describe(`${count} merges of two branches from seed ${first} (${stacksOf(first, count)})`, () => {
  it('leave no conflict marker behind, and nothing to settle but backend.json', () => {
    const failed = walks.filter(
      ({ lost, outcomes }) => lost.length > 0 || !outcomes.every((each) => each === 'done'),
    );
    expect(failed.map(({ seed, stack, lost, story }) => ({ seed, stack, lost, story }))).toEqual(
      [],
    );
  });

  it(
    'leave a project that type-checks, or parses and declares all that it uses',
    async () => {
      const errors = await faultsIn(
        folder,
        walks.flatMap(({ states }) => states),
      );
      const broken = walks.filter(({ seed }) =>
        errors.some((error) => error.includes(`walk-${seed}/`)),
      );
      const stories = broken.map(
        ({ seed, stack, story }) => `walk ${seed} of ${stack}:\n${story.join('\n')}`,
      );
      expect([...errors, ...stories].join('\n')).toBe('');
    },
    60 * minutes,
  );
});
