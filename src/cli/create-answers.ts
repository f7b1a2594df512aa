import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import * as z from 'zod';
import type { Chosen } from '../manifest/choice-values.ts';
import { listedIn, none } from '../manifest/choice-values.ts';
import { closest, didYouMean } from '../manifest/closest.ts';
import { flagOf } from '../manifest/endpoint-settings.ts';
import type { Problem } from '../manifest/errors.ts';
import { UserError } from '../manifest/errors.ts';
import { nearName, parseProjectName } from '../manifest/project-name.ts';
import { projectChoices } from '../manifest/project-settings.ts';
import type { Choice } from '../manifest/project-table.ts';
import type { Rules } from '../manifest/rules.ts';
import { rulesOf } from '../manifest/rules.ts';
import { shellWord } from '../manifest/shell.ts';
import type { Stacks } from '../stacks/stack.ts';

/** The answers to all questions about a new project. */
export type CreateAnswers = {
  directory: string;
  /** Settings of the manifest, by their keys. */
  settings: Readonly<Record<string, string>>;
  install: boolean;
  git: boolean;
};

/** The answers given by flags; undefined is still to be asked. */
export type GivenAnswers = {
  directory: string | undefined;
  settings: Chosen;
  install: boolean | undefined;
  git: boolean | undefined;
};

const flagsSchema = z.object({
  yes: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  json: z.boolean().default(false),
});
const settingsSchema = z.object(
  Object.fromEntries(projectChoices.map(([name]) => [name, z.string().optional()])),
);

/** Reads the command line; throws one UserError with everything that is wrong. */
export function readCreate(directory: string | undefined, command: Command, stacks: Stacks) {
  const flags = flagsSchema.parse(command.opts());
  const settings = settingsSchema.parse(command.opts());
  const rules = rulesOf(stacks, settings.stack);
  const name = directory === undefined ? undefined : nameRefusal(directory, rules);
  const wrong = projectChoices.flatMap(([key, choice], at) => {
    const before = projectChoices.slice(0, at).map(([each]) => [each, settings[each]]);
    const values = choice.values(stacks, Object.fromEntries(before));
    const refuse = choice.isList ? refuseList : refuseChoice;
    return refuse(`--${flagOf(key)}`, settings[key], values) ?? [];
  });
  const problems = [...(name?.problems ?? []), ...wrong.map(({ problem }) => problem)];
  if (problems.length > 0) {
    const start = name?.command ?? `create-backend ${shellWord(directory ?? 'my-api')}`;
    const meant = wrong.map(({ meant }) => meant);
    // The other flags are added when the error is reported. Without a guess, only the help is left.
    const suggestion = meant.includes(undefined)
      ? 'create-backend --help'
      : [start, ...meant].join(' ');
    throw new UserError(problems, suggestion);
  }
  const answered = (option: string) =>
    command.getOptionValueSource(option) === 'cli' ? false : undefined;
  const given: GivenAnswers = {
    directory,
    settings,
    install: answered('install'),
    git: answered('git'),
  };
  return { given, flags };
}

/**
 * All settings in the order of the table, since one can limit the values of the next. `answer` gives
 * those that no flag gave.
 */
export async function completeSettings(
  given: Chosen,
  answer: (name: string, choice: Choice, chosen: Chosen) => Promise<string>,
): Promise<CreateAnswers['settings']> {
  const settings: Record<string, string> = {};
  for (const [name, choice] of projectChoices) {
    settings[name] = given[name] ?? (await answer(name, choice, { ...given, ...settings }));
  }
  return settings;
}

/** The settings as flags. */
export function settingFlags(settings: CreateAnswers['settings']): string[] {
  return projectChoices.map(([name]) => `--${flagOf(name)} ${shellWord(settings[name] ?? '')}`);
}

/** The name of the project, from its folder. An existing folder may have any name. */
export function projectName(directory: string, rules: Rules): string {
  if (directory.trim() === '') return parseProjectName('', rules);
  const name = basename(resolve(directory));
  return name !== '' && existsSync(resolve(directory))
    ? nearName(name, rules)
    : parseProjectName(name, rules, name === '' ? '.' : dirname(directory));
}

/** Why the name of a folder cannot be the name of a project, if it cannot. */
export function nameRefusal(directory: string, rules: Rules): UserError | undefined {
  try {
    projectName(directory, rules);
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

type Refusal = { problem: Problem; meant: string | undefined };

/** What is wrong with a flag, and the flag that was probably meant; undefined where it is fine. */
function refuseChoice(
  flag: string,
  value: string | undefined,
  choices: readonly string[],
): Refusal | undefined {
  if (value === undefined || choices.includes(value)) return undefined;
  const near = closest(value, choices);
  const all = choices.map((choice) => `\`${choice}\``).join(', ');
  const only = choices.length === 1 ? `Expected ${all}.` : `Expected one of: ${all}.`;
  const expected = didYouMean(near, only);
  const problem = { found: `\`${flag}\` is \`${value}\`.`, expected };
  return { problem, meant: near === undefined ? undefined : `${flag} ${near}` };
}

/** The same of a flag that takes several values, separated by commas, or none. */
function refuseList(
  flag: string,
  value: string | undefined,
  choices: readonly string[],
): Refusal | undefined {
  const wrong = listedIn(value).find((each) => !choices.includes(each));
  if (value === undefined || wrong === undefined) return undefined;
  if (choices.length === 0) {
    const expected = `Expected \`${none}\`: there are no such parts.`;
    return {
      problem: { found: `\`${flag}\` is \`${value}\`.`, expected },
      meant: `${flag} ${none}`,
    };
  }
  const near = closest(wrong, [...choices, none]);
  const all = choices.map((choice) => `\`${choice}\``).join(', ');
  const expected = didYouMean(
    near,
    `Expected some of ${all}, separated by commas, or \`${none}\`.`,
  );
  const found =
    wrong === value ? `\`${flag}\` is \`${value}\`.` : `\`${flag}\` names \`${wrong}\`.`;
  const right = listedIn(value).map((each) => (each === wrong ? near : each));
  return {
    problem: { found, expected },
    meant: near === undefined ? undefined : `${flag} ${right.join(',')}`,
  };
}
