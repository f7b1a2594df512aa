import { resolve } from 'node:path';
import { confirm, input, select } from '@inquirer/prompts';
import { checkTarget } from '../commit/create.ts';
import { UserError } from '../manifest/errors.ts';
import type { Rules } from '../manifest/rules.ts';
import { rulesOf } from '../manifest/rules.ts';
import type { Stacks } from '../stacks/stack.ts';
import { isInsideGit } from '../steps/inside-git.ts';
import type { CreateAnswers, GivenAnswers } from './create-answers.ts';
import { projectName, stacksOf } from './create-answers.ts';
import { usualManager } from './new-manifest.ts';

/** Asks what no flag has answered. */
export async function askCreate(given: GivenAnswers, stacks: Stacks): Promise<CreateAnswers> {
  const validate = (text: string) => faultOf(text, rulesOf(stacks, given.stack));
  const directory =
    given.directory ??
    (await input({ message: 'Name of the project', default: 'my-api', validate }));
  const stack =
    given.stack ??
    (await select({
      message: 'Stack',
      choices: stacksOf(stacks, given.packageManager).map((value) => ({
        value,
        name: stacks[value]?.title ?? value,
      })),
    }));
  const auth =
    given.auth ??
    (await select({
      message: 'Accounts',
      choices: [
        { value: 'jwt' as const, name: 'users with passwords, sessions and roles' },
        { value: 'none' as const, name: 'none: anybody may call everything' },
      ],
    }));
  const rules = rulesOf(stacks, stack);
  const packageManager =
    given.packageManager ??
    (await select({
      message: 'Package manager',
      choices: rules.packageManagers,
      default: await usualManager(directory, rules),
    }));
  const install =
    given.install ??
    (await confirm({ message: `Install the dependencies with ${packageManager}?` }));
  const hasGit = isInsideGit(resolve(directory));
  const git = given.git ?? (hasGit || (await confirm({ message: 'Make a git repository?' })));
  return { directory, stack, auth, packageManager, install, git };
}

/** A folder that cannot be used is refused at once, not after the last question. */
async function faultOf(directory: string, rules: Rules): Promise<true | string> {
  try {
    projectName(directory, rules);
    await checkTarget(resolve(directory));
    return true;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}
