import { expect } from 'vitest';
import { type Env, run } from './run.ts';

/** What has to pass in a project whenever a command of ours has ended. */
const checks = [
  'npm run type-check',
  'npm run lint',
  'npm run format:check',
  'npx biome check --error-on-warnings .',
  'npm test',
];

/** Runs every check, all of them at once, and shows what those printed that failed. */
export async function expectGreen(project: string, env: Env = {}): Promise<void> {
  const results = await Promise.all(checks.map((command) => run(command, project, env)));
  const failed = results.filter(({ exitCode }) => exitCode !== 0);
  expect(failed.map(({ command, output }) => `${command}\n${output}`).join('\n\n')).toBe('');
}
