import { resolve } from 'node:path';
import type { Command } from 'commander';
import { checkTarget, clearTarget, createProject } from '../commit/create.ts';
import { nodeDisk } from '../commit/disk.ts';
import type { Step } from '../manifest/change.ts';
import { UserError } from '../manifest/errors.ts';
import { planProject } from '../plan/plan-project.ts';
import { findTool } from '../project/find-tool.ts';
import { packageRoot } from '../project/package-root.ts';
import { readProject } from '../project/read-project.ts';
import type { Stacks } from '../stacks/stack.ts';
import { isInsideGit } from '../steps/inside-git.ts';
import { gitSteps } from '../steps/plan-steps.ts';
import { isCancelled, runSteps } from '../steps/run-steps.ts';
import { cancellable } from './cancel.ts';
import type { CreateAnswers, GivenAnswers } from './create-answers.ts';
import { completeSettings, readCreate } from './create-answers.ts';
import { exitCodes } from './exit-codes.ts';
import { newManifest, usualValue } from './new-manifest.ts';
import { newSecret } from './new-secret.ts';
import { loadStack } from './own-stack.ts';
import { version } from './package.ts';
import { repeatCreate, reportCreated, reportCreateJson, reportDryRun } from './report-create.ts';
import { stepReporter } from './report-step.ts';
import { isInteractive } from './terminal.ts';
import { typedFlags } from './typed-flags.ts';

/** `create-backend`: asks what no flag answered, creates the project, then installs and commits it. */
export async function createBackend(
  directory: string | undefined,
  command: Command,
  stacks: Stacks,
): Promise<void> {
  const { given, flags } = readCreate(directory, command, stacks);
  if (given.directory !== undefined) await checkTarget(resolve(given.directory));
  const mayAsk = !flags.yes && !flags.json && isInteractive();
  const answers = mayAsk ? await askOpen(given, stacks) : await complete(given, stacks);
  const repeat = mayAsk ? repeatCreate(answers, typedFlags(command)) : undefined;

  const target = resolve(answers.directory);
  if (!flags.dryRun) await clearTarget(target);
  const existing = readProject(target);
  const stack = await loadStack(stacks, answers.settings.stack ?? '');
  const manifest = await newManifest(answers, stack, stacks);
  const hasGit = isInsideGit(target);
  const steps: Step[] = [
    ...(answers.install ? stack.install(manifest) : []),
    ...(answers.git && !hasGit ? gitSteps() : []),
  ];
  const tool = await findTool(packageRoot(import.meta.url));
  const plan = planProject({ manifest, stack, tool, version, newSecret, steps, existing });
  if (flags.dryRun) {
    return flags.json
      ? reportCreateJson(plan, 'dry-run')
      : reportDryRun(plan, { ...answers, hasGit }, repeat);
  }

  const { results, isEnded } = await cancellable(async (signal) => {
    await createProject(target, plan.changes, nodeDisk, signal);
    const ended = await runSteps(target, plan.steps, stepReporter(flags.json), signal);
    return { results: ended, isEnded: signal.aborted || isCancelled(ended) };
  });
  const isDone = results.every(({ status }) => status === 'done');
  if (flags.json) reportCreateJson(plan, isDone ? 'done' : 'incomplete', results);
  else reportCreated(plan, { ...answers, hasGit }, { manifest, stack }, results, repeat);
  const isInstalled = results.every(({ step, status }) => {
    return step.kind !== 'install' || status === 'done';
  });
  if (isEnded && !isDone) process.exitCode = exitCodes.cancelled;
  else if (!isInstalled) process.exitCode = exitCodes.refused;
}

async function askOpen(given: GivenAnswers, stacks: Stacks): Promise<CreateAnswers> {
  const { askCreate } = await import('./ask-create.ts');
  return askCreate(given, stacks);
}

async function complete(given: GivenAnswers, stacks: Stacks): Promise<CreateAnswers> {
  const { directory, install = true, git = true } = given;
  if (directory !== undefined) {
    const settings = await completeSettings(given.settings, (name, choice, chosen) =>
      usualValue([name, choice], chosen, { directory, stacks }),
    );
    return { directory, settings, install, git };
  }
  const why = isInteractive() ? 'no questions may be asked' : 'there is no terminal to ask on';
  const found = `No directory was given, and ${why}.`;
  throw new UserError(
    [{ found, expected: 'Expected the argument [directory]: where to create the project.' }],
    'create-backend my-api',
  );
}
