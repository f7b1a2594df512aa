import { relative, resolve } from 'node:path';
import type { Plan } from '../manifest/change.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { shellWord } from '../manifest/shell.ts';
import type { Stack } from '../stacks/stack.ts';
import type { StepResult } from '../steps/run-steps.ts';
import { out } from './colors.ts';
import type { CreateAnswers } from './create-answers.ts';
import { settingFlags } from './create-answers.ts';
import { writeJson } from './report-error.ts';
import { planJson, planLines, stepLines } from './report-plan.ts';
import { explainSteps, stepCommand } from './report-step.ts';
import { typed } from './typed.ts';
import type { TypedFlag } from './typed-flags.ts';
import { withFlags } from './typed-flags.ts';

const say = (line = '') => process.stdout.write(`${line}\n`);

/** The answers, and whether the folder is in a git repository already. */
type Made = CreateAnswers & { hasGit: boolean };

/** Shows what would be created. */
export function reportDryRun(
  plan: Plan,
  { directory, ...made }: Made,
  repeat: string | undefined,
): void {
  for (const line of planLines(plan, out)) say(line);
  for (const line of stepLines(plan, out)) say(line);
  say(`\nDry run: nothing was written. These files would be created in ${folderOf(directory)}.`);
  sayRepository(made);
  sayRepeat(repeat);
}

export function reportCreateJson(
  plan: Plan,
  status: 'dry-run' | 'done' | 'incomplete',
  steps?: StepResult[],
): void {
  writeJson({ plan: planJson(plan), result: { status, ...(steps && { steps }) } });
}

/** Tells what was created, what is still to do, and which commands to run next. */
export function reportCreated(
  plan: Plan,
  { directory, install, ...made }: Made,
  { manifest, stack }: { manifest: Manifest; stack: Stack },
  results: StepResult[],
  repeat: string | undefined,
): void {
  const commands = stack.commands(manifest);
  const runner = stack.rules.runner(manifest.packageManager);
  const folder = relative(process.cwd(), resolve(directory));
  const enter = folder === '' ? [] : [`cd ${shellWord(folder)}`];
  const open = results.filter(({ status }) => status !== 'done');
  const todo = [
    ...(install ? [] : [commands.install]),
    ...open.map(({ step }) => stepCommand(step)),
  ];
  const first = results.flatMap((result) => ('enter' in result ? (result.enter ?? []) : []));
  const next = [...first, commands.dev, typed('gen endpoint posts title:string body:text', runner)];
  for (const line of planLines(ofOthers(plan), out)) say(line);
  say(`\n${out.green('✓')} Created ${folderOf(directory)} with ${plan.changes.length} files.`);
  sayLeftOut(plan);
  sayRepository(made);
  if (todo.length > 0) sayCommands(out.yellow('Still to do:'), [...enter, ...todo]);
  for (const line of explainSteps(open)) say(line);
  sayCommands('Next:', todo.length > 0 ? next : [...enter, ...next]);
  sayRepeat(repeat);
}

/** The same command with every answer as a flag, and with the other flags that were typed. */
export function repeatCreate(answers: CreateAnswers, given: readonly TypedFlag[]): string {
  const { directory, settings, install, git } = answers;
  const flags = [
    ...settingFlags(settings),
    ...(install ? [] : ['--no-install']),
    ...(git ? [] : ['--no-git']),
    '--yes',
  ];
  return typed(withFlags(`create-backend ${shellWord(directory)} ${flags.join(' ')}`, given));
}

/** What happens to the files that existed before. */
function ofOthers({ changes, notices }: Plan): Plan {
  return {
    changes: changes.filter(({ kind }) => kind !== 'create'),
    steps: [],
    notices: notices.filter(({ kind }) => kind !== 'left out'),
  };
}

/** The files that were left out, in a line for each reason. */
function sayLeftOut({ notices }: Plan): void {
  const reasons = new Map<string, string[]>();
  for (const notice of notices) {
    if (notice.kind !== 'left out') continue;
    reasons.set(notice.message, [...(reasons.get(notice.message) ?? []), notice.path]);
  }
  for (const [reason, paths] of reasons) {
    say(`Left out ${paths.join(', ')}: ${reason}.`);
  }
}

function sayRepository({ git, hasGit }: Pick<Made, 'git' | 'hasGit'>): void {
  if (git && hasGit)
    say('The folder is in a git repository already: nothing is added or committed.');
}

function folderOf(directory: string): string {
  return relative(process.cwd(), resolve(directory)) || 'this folder';
}

function sayCommands(title: string, commands: string[]): void {
  say(`\n${title}`);
  for (const command of commands) say(`  ${out.cyan(command)}`);
}

function sayRepeat(repeat: string | undefined): void {
  if (repeat !== undefined) say(`\nThe same without questions:\n  ${out.cyan(repeat)}`);
}
