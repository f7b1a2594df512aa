import { relative, resolve } from 'node:path';
import chalk from 'chalk';
import type { Plan, Step } from '../spec/change.ts';
import type { Manifest } from '../spec/manifest.ts';
import { shellWord } from '../spec/shell.ts';
import type { StepEvent, StepResult } from '../steps/run-steps.ts';
import type { CreateAnswers } from './create.ts';
import { writeJson } from './report-error.ts';
import { planJson, planLines } from './report-plan.ts';

const say = (line = '') => process.stdout.write(`${line}\n`);

/** What would be made, without making it. */
export function reportDryRun(plan: Plan): void {
  for (const line of planLines(plan)) say(line);
  for (const step of plan.steps) say(`${chalk.green('run'.padStart(9))}  ${stepCommand(step)}`);
}

export function reportCreateJson(plan: Plan, results?: StepResult[]): void {
  const result = results ? { status: 'done', steps: results } : { status: 'dry-run' };
  writeJson({ plan: planJson(plan), result });
}

/** A line for each step; on a terminal it counts the seconds of the step that runs. */
export function stepReporter(json: boolean): (event: StepEvent) => void {
  const out = json ? process.stderr : process.stdout;
  let started = 0;
  let timer: NodeJS.Timeout | undefined;
  const seconds = () => Math.round((performance.now() - started) / 1000);
  return (event) => {
    if (event.kind === 'start') {
      started = performance.now();
      const show = () => out.write(`\r${chalk.dim('·')} ${event.step.title} … ${seconds()} s`);
      if (out.isTTY) timer = setInterval(show, 1000);
      out.write(`${chalk.dim('·')} ${event.step.title} …${out.isTTY ? '' : '\n'}`);
      return;
    }
    clearInterval(timer);
    const { step, status } = event.result;
    if (status === 'skipped') return;
    const mark = status === 'done' ? chalk.green('✓') : chalk.yellow('!');
    const failed = status === 'failed' ? `: ${event.result.reason}` : '';
    const time = seconds() > 1 ? chalk.dim(` (${seconds()} s)`) : '';
    out.write(`${out.isTTY ? '\r\u001b[K' : ''}${mark} ${step.title}${failed}${time}\n`);
  };
}

/** The end of it: what was made, what is still to do, and the commands to type next. */
export function reportCreated(
  plan: Plan,
  { directory, packageManager, install }: CreateAnswers,
  results: StepResult[],
): void {
  const folder = relative(process.cwd(), resolve(directory));
  const enter = folder === '' ? [] : [`cd ${shellWord(folder)}`];
  const open = results.filter(({ status }) => status !== 'done');
  const todo = [
    ...(install ? [] : [`${packageManager} install`]),
    ...open.map(({ step }) => stepCommand(step)),
  ];
  if (todo.length > 0) {
    say(`\n${chalk.yellow('Still to do:')}`);
    for (const command of [...enter, ...todo]) say(`  ${command}`);
    for (const result of open) if (result.status === 'failed') say(`\n${explain(result)}`);
  }
  say(`\n${chalk.green('✓')} ${plan.changes.length} files in ${folder || 'this folder'}. Next:\n`);
  const commands = commandsOf(packageManager);
  for (const command of todo.length > 0 ? commands : [...enter, ...commands]) say(`  ${command}`);
}

/** The same command with every answer as a flag. */
export function repeatCreate({ directory, packageManager, install, git }: CreateAnswers): string {
  const flags = [
    '--stack express --auth none',
    `--package-manager ${packageManager}`,
    ...(install ? [] : ['--no-install']),
    ...(git ? [] : ['--no-git']),
    '--yes',
  ];
  return `npx create-backend ${shellWord(directory)} ${flags.join(' ')}`;
}

function explain({ step, reason, output }: Extract<StepResult, { status: 'failed' }>): string {
  const lines = output.split('\n').map((line) => chalk.dim(`    ${line}`));
  return [`  ${stepCommand(step)}: ${reason}`, ...(output === '' ? [] : lines)].join('\n');
}

function stepCommand({ command, args }: Step): string {
  return [command, ...args].map(shellWord).join(' ');
}

function commandsOf(packageManager: Manifest['packageManager']): string[] {
  const exec = { npm: 'npx', pnpm: 'pnpm exec', yarn: 'yarn', bun: 'bunx' }[packageManager];
  return [`${packageManager} run dev`, `${exec} gen endpoint posts title:string body:text`];
}
