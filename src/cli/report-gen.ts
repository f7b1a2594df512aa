import chalk from 'chalk';
import type { Plan } from '../spec/change.ts';
import type { Manifest } from '../spec/manifest.ts';
import type { ResourceNames } from '../spec/names.ts';
import { writeJson } from './report-error.ts';
import { manualLines, planDiff, planJson, planLines } from './report-plan.ts';
import { typed } from './typed.ts';

const say = (line = '') => process.stdout.write(`${line}\n`);
const warn = (line = '') => process.stderr.write(`${line}\n`);

export function reportGenJson(
  plan: Plan,
  status: 'done' | 'dry-run' | 'manual' | 'conflict',
): void {
  writeJson({ plan: planJson(plan), result: { status } });
}

/** What a command would do, as a list of files or as a diff. */
export async function reportPreview(plan: Plan, { diff }: { diff: boolean }): Promise<void> {
  if (diff) process.stdout.write(await planDiff(plan));
  else for (const line of planLines(plan)) say(line);
}

/** Why nothing was written, and what to do about it. */
export function reportRefused(plan: Plan, status: 'manual' | 'conflict'): void {
  for (const line of planLines(plan)) if (!line.includes('create')) warn(line);
  warn();
  if (status === 'manual') {
    for (const line of manualLines(plan)) warn(line);
    warn(
      `${chalk.red('✗')} Nothing was written. Paste the lines above, then run the command again.`,
    );
  } else {
    warn(`${chalk.red('✗')} Nothing was written: your edits and the generated ones conflict.`);
  }
}

export function reportGenerated(
  plan: Plan,
  names: ResourceNames,
  { basePath, packageManager }: Manifest,
  repeat: string | undefined,
): void {
  for (const line of planLines(plan)) say(line);
  say();
  if (plan.changes.length === 0) {
    say(`${chalk.green('✓')} Nothing to change: ${names.humanPlural} are as you asked.`);
    return;
  }
  const run = packageManager === 'npm' ? 'npm' : packageManager;
  say(`${chalk.green('✓')} ${basePath}/${names.path} is there, with its table and its tests.`);
  say(`  ${run} test               proves it`);
  say(`  ${run} run dev            migrates the embedded database and serves it`);
  say(`  ${run} run migrate        migrates the PostgreSQL of DATABASE_URL`);
  if (repeat) say(`\nWithout questions: ${chalk.cyan(typed(repeat))}`);
}
