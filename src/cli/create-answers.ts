import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import * as z from 'zod';
import type { Auth } from '../manifest/choices.ts';
import { auths } from '../manifest/choices.ts';
import { closest, didYouMean } from '../manifest/closest.ts';
import type { Problem } from '../manifest/errors.ts';
import { UserError } from '../manifest/errors.ts';
import { nearName, parseProjectName } from '../manifest/project-name.ts';
import type { Rules } from '../manifest/rules.ts';
import { rulesOf } from '../manifest/rules.ts';
import { shellWord } from '../manifest/shell.ts';
import type { Stacks } from '../stacks/stack.ts';

/** What a new project is made from: every question has its answer. */
export type CreateAnswers = {
  directory: string;
  stack: string;
  auth: Auth;
  packageManager: string;
  install: boolean;
  git: boolean;
};

/** What was answered on the command line; undefined is still open. */
export type GivenAnswers = {
  [Answer in keyof CreateAnswers]: CreateAnswers[Answer] | undefined;
};

const flagsSchema = z.object({
  stack: z.string().optional(),
  auth: z.string().optional(),
  packageManager: z.string().optional(),
  yes: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  json: z.boolean().default(false),
});

/** The command line, read; throws one UserError with everything that is wrong. */
export function readCreate(directory: string | undefined, command: Command, stacks: Stacks) {
  const { stack, auth, packageManager, ...flags } = flagsSchema.parse(command.opts());
  const names = Object.keys(stacks);
  const rules = rulesOf(stacks, stack);
  const managers = stack === undefined ? managersOfAny(stacks) : rules.packageManagers;
  const name = directory === undefined ? undefined : nameRefusal(directory, rules);
  const wrong = [
    readChoice('--stack', stack, names),
    readChoice('--auth', auth, auths),
    readChoice('--package-manager', packageManager, managers),
  ].filter((choice) => choice !== undefined);
  const problems = [...(name?.problems ?? []), ...wrong.map(({ problem }) => problem)];
  if (problems.length > 0) {
    const start = name?.command ?? `create-backend ${shellWord(directory ?? 'my-api')}`;
    const meant = wrong.map(({ meant }) => meant);
    // What was typed besides is repeated by whoever reports it; what nobody can mend, by nobody.
    const command = meant.includes(undefined)
      ? 'create-backend --help'
      : [start, ...meant].join(' ');
    throw new UserError(problems, command);
  }
  const answered = (option: string) =>
    command.getOptionValueSource(option) === 'cli' ? false : undefined;
  const given: GivenAnswers = {
    directory,
    stack: names.find((each) => each === stack),
    auth: auths.find((each) => each === auth),
    packageManager,
    install: answered('install'),
    git: answered('git'),
  };
  return { given, flags };
}

/** What some stack is installed by: the question which stack it is may still be open. */
function managersOfAny(stacks: Stacks): string[] {
  return [...new Set(Object.values(stacks).flatMap(({ rules }) => rules.packageManagers))];
}

/** The stacks that a package manager installs, the usual one first. */
export function stacksOf(stacks: Stacks, packageManager: string | undefined): string[] {
  return Object.entries(stacks).flatMap(([name, { rules }]) =>
    packageManager === undefined || rules.packageManagers.includes(packageManager) ? [name] : [],
  );
}

/** The name that the folder gives to the project; one that is there may be called what it likes. */
export function projectName(directory: string, rules: Rules): string {
  if (directory.trim() === '') return parseProjectName('', rules);
  const name = basename(resolve(directory));
  return name !== '' && existsSync(resolve(directory))
    ? nearName(name, rules)
    : parseProjectName(name, rules);
}

/** Why a folder cannot give a project its name, if it cannot. */
export function nameRefusal(directory: string, rules: Rules): UserError | undefined {
  try {
    projectName(directory, rules);
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

/** What is wrong with a flag, and the flag that was probably meant; undefined where it is fine. */
function readChoice(
  flag: string,
  value: string | undefined,
  choices: readonly string[],
): { problem: Problem; meant: string | undefined } | undefined {
  if (value === undefined || choices.includes(value)) return undefined;
  const near = closest(value, choices);
  const all = choices.map((choice) => `\`${choice}\``).join(', ');
  const only = choices.length === 1 ? `Expected ${all}.` : `Expected one of: ${all}.`;
  const expected = didYouMean(near, only);
  const problem = { found: `\`${flag}\` is \`${value}\`.`, expected };
  return { problem, meant: near === undefined ? undefined : `${flag} ${near}` };
}
