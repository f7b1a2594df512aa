import { resolve } from 'node:path';
import { confirm, input, select } from '@inquirer/prompts';
import { checkTarget } from '../commit/create.ts';
import type { PackageManager } from '../manifest/choices.ts';
import { packageManagers, stacks as stackNames } from '../manifest/choices.ts';
import { UserError } from '../manifest/errors.ts';
import { stacks } from '../stacks/stacks.ts';
import { isInsideGit } from '../steps/inside-git.ts';
import type { CreateAnswers, GivenAnswers } from './create-answers.ts';
import { projectName } from './create-answers.ts';

/** Asks what no flag has answered. */
export async function askCreate(
  given: GivenAnswers,
  usual: (directory: string) => Promise<PackageManager>,
): Promise<CreateAnswers> {
  const directory =
    given.directory ??
    (await input({ message: 'Name of the project', default: 'my-api', validate: faultOf }));
  const stack =
    given.stack ??
    (await select({
      message: 'Stack',
      choices: stackNames.map((value) => ({ value, name: stacks[value].title })),
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
  const packageManager =
    given.packageManager ??
    (await select({
      message: 'Package manager',
      choices: packageManagers,
      default: await usual(directory),
    }));
  const install =
    given.install ??
    (await confirm({ message: `Install the dependencies with ${packageManager}?` }));
  const hasGit = isInsideGit(resolve(directory));
  const git = given.git ?? (hasGit || (await confirm({ message: 'Make a git repository?' })));
  return { directory, stack, auth, packageManager, install, git };
}

/** A folder that cannot be used is refused at once, not after the last question. */
async function faultOf(directory: string): Promise<true | string> {
  try {
    projectName(directory);
    await checkTarget(resolve(directory));
    return true;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}
