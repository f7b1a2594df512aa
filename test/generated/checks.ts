import { expect } from 'vitest';
import { isBroad } from './broad.ts';
import { type Env, run } from './run.ts';

/** What has to pass in a project whenever a command of ours has ended. */
const checks = [
  'npm run type-check',
  'npm run lint',
  'npm run format:check',
  'npx biome check --error-on-warnings .',
  'npm test',
];

/** The tests of a project that a proof is about; by `npm run broad` all of them. */
export const testsIn = (tests: string): string => (isBroad ? '' : tests);

/** Runs every check, all of them at once, and shows what those printed that failed. */
export function expectGreen(project: string, env: Env = {}): Promise<void> {
  return expectAll(checks, project, env);
}

/**
 * The same where a proof is about some of the tests of a project, as "src/modules src/auth": all of
 * them run by `npm run broad`. `biome check` has the rules of lint and format in one.
 */
export function expectGreenIn(project: string, tests: string, env: Env = {}): Promise<void> {
  if (isBroad) return expectGreen(project, env);
  const [types = ''] = checks;
  const some = [types, 'npx biome check --error-on-warnings .', `npx vitest run ${tests}`];
  return expectAll(some, project, env);
}

async function expectAll(commands: string[], project: string, env: Env): Promise<void> {
  const results = await Promise.all(commands.map((command) => run(command, project, env)));
  const failed = results.filter(({ exitCode }) => exitCode !== 0);
  expect(failed.map(({ command, output }) => `${command}\n${output}`).join('\n\n')).toBe('');
}
