import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import * as z from 'zod';
import { createProject } from '../commit/create.ts';
import { nodeDisk } from '../commit/disk.ts';
import { planProject } from '../plan/plan-project.ts';
import { findTool } from '../project/find-tool.ts';
import { packageRoot } from '../project/package-root.ts';
import type { Plan, Step } from '../spec/change.ts';
import { UserError } from '../spec/errors.ts';
import type { Manifest } from '../spec/manifest.ts';
import { packageManagers } from '../spec/manifest.ts';
import { parseProjectName } from '../spec/project-name.ts';
import { express } from '../stacks/express/express.ts';
import { isInsideGit } from '../steps/inside-git.ts';
import { gitSteps, installStep } from '../steps/plan-steps.ts';
import { runSteps } from '../steps/run-steps.ts';
import {
  repeatCreate,
  reportCreated,
  reportCreateJson,
  reportDryRun,
  stepReporter,
} from './report-create.ts';
import { isInteractive } from './terminal.ts';

const flagsSchema = z.object({
  packageManager: z.enum(packageManagers).optional(),
  install: z.boolean(),
  git: z.boolean(),
  yes: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  json: z.boolean().default(false),
});

/** What a new project is made from: every question has its answer. */
export type CreateAnswers = {
  directory: string;
  packageManager: Manifest['packageManager'];
  install: boolean;
  git: boolean;
};

/** `create-backend`: asks what flags left open, makes the project, then installs and commits it. */
export async function createBackend(
  directory: string | undefined,
  command: Command,
): Promise<void> {
  const flags = flagsSchema.parse(command.opts());
  const packageManager = flags.packageManager ?? guessPackageManager(process.env);
  const given = { directory, packageManager, install: flags.install, git: flags.git };
  const mayAsk = isInteractive() && !flags.yes && !flags.json;
  const answers = mayAsk ? await askOpen(given, command) : complete(given);

  const target = resolve(answers.directory);
  const manifest = newManifest(parseProjectName(basename(target)), answers.packageManager);
  const wantsGit = answers.git && !(await isInsideGit(target));
  const steps: Step[] = [
    ...(answers.install ? [installStep(answers.packageManager)] : []),
    ...(wantsGit ? gitSteps() : []),
  ];
  const plan = planProject(manifest, express, await findTool(packageRoot(import.meta.url)), steps);
  if (flags.dryRun) return flags.json ? reportCreateJson(plan) : reportDryRun(plan);

  await write(target, plan);
  const results = await runSteps(target, plan.steps, stepReporter(flags.json));
  if (flags.json) reportCreateJson(plan, results);
  else reportCreated(plan, answers, results);
  if (mayAsk) process.stdout.write(`\nWithout questions: ${repeatCreate(answers)}\n`);
  if (results.some(({ step, status }) => step.kind === 'install' && status !== 'done')) {
    process.exitCode = 1;
  }
}

async function askOpen(
  given: Omit<CreateAnswers, 'directory'> & { directory: string | undefined },
  command: Command,
): Promise<CreateAnswers> {
  const { askCreate } = await import('./ask-create.ts');
  const isGiven = (name: string) => command.getOptionValueSource(name) === 'cli';
  return askCreate(given, isGiven);
}

function complete(
  given: Omit<CreateAnswers, 'directory'> & { directory: string | undefined },
): CreateAnswers {
  if (given.directory !== undefined) return { ...given, directory: given.directory };
  const found = 'There is no directory, and no terminal to ask for one.';
  throw new UserError(
    [{ found, expected: 'Expected the argument [directory]: where to make the project.' }],
    'create-backend my-api',
  );
}

function newManifest(name: string, packageManager: Manifest['packageManager']): Manifest {
  return {
    $schema: './node_modules/create-backend/dist/backend.schema.json',
    name,
    stack: 'express',
    auth: 'none',
    basePath: '/api',
    packageManager,
    endpoints: {},
  };
}

/** Whoever runs us through pnpm, yarn or bun wants the project to use it too. */
function guessPackageManager(env: NodeJS.ProcessEnv): Manifest['packageManager'] {
  const agent = env.npm_config_user_agent?.split('/', 1)[0];
  return packageManagers.find((name) => name === agent) ?? 'npm';
}

/** Until the last file is there, Ctrl-C takes everything back. */
async function write(target: string, plan: Plan): Promise<void> {
  const abort = new AbortController();
  const cancel = () => abort.abort();
  process.once('SIGINT', cancel);
  process.once('SIGTERM', cancel);
  try {
    await createProject(target, plan.changes, nodeDisk, abort.signal);
  } finally {
    process.removeListener('SIGINT', cancel);
    process.removeListener('SIGTERM', cancel);
  }
}
