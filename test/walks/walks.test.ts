import { beforeAll, describe, expect, it } from 'vitest';
import { runWalks, setting } from './run-walks.ts';
import { faultsIn } from './type-errors.ts';
import type { Walk } from './walk.ts';
import { walk } from './walk.ts';
import { stacksOf } from './walked.ts';

const count = setting('WALKS', 20);
const first = setting('WALK_SEED', 1);
const length = setting('WALK_LENGTH', 6);
/** Whether the compiler looks at every state on the way, as `npm run walks` has it, or at the last. */
const everyState = process.env.WALK_STATES === 'all';
/** So many states of projects that one run of the compiler holds in memory. */
const batch = 120;

const minutes = 60_000;
let folder: string;
let walks: Walk[];

beforeAll(async () => {
  ({ folder, walks } = await runWalks('walks', { first, count }, (own, seed) =>
    walk(own, seed, length),
  ));
}, 60 * minutes);

describe(`${count} walks from seed ${first} (${stacksOf(first, count)}), ${length} commands each, with edits between`, () => {
  it('lose nothing that a person wrote', () => {
    const failed = walks.filter(({ lost }) => lost.length > 0);
    expect(failed.map(({ seed, stack, lost, story }) => ({ seed, stack, lost, story }))).toEqual(
      [],
    );
  });

  it(
    `leave a project that type-checks, or parses and declares all that it uses${everyState ? ' after each command' : ''}`,
    async () => {
      const states = walks.flatMap((each) => (everyState ? each.states : each.states.slice(-1)));
      const errors: string[] = [];
      for (let from = 0; from < states.length; from += batch) {
        errors.push(...(await faultsIn(folder, states.slice(from, from + batch))));
      }
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

  it('carry out most of their commands: conflicts are rare', () => {
    const outcomes = walks.flatMap((each) => each.outcomes);
    const share = (status: string) =>
      outcomes.filter((each) => each === status).length / outcomes.length;
    expect(share('done')).toBeGreaterThan(0.6);
    expect(share('conflict')).toBeLessThan(0.1);
  });
});
