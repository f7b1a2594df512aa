import { confirm, input, select } from '@inquirer/prompts';
import { UserError } from '../spec/errors.ts';
import { packageManagers } from '../spec/manifest.ts';
import { parseProjectName } from '../spec/project-name.ts';
import type { CreateAnswers } from './create.ts';

type Given = Omit<CreateAnswers, 'directory'> & { directory: string | undefined };

/** Asks what no flag has answered. */
export async function askCreate(
  given: Given,
  isGiven: (option: string) => boolean,
): Promise<CreateAnswers> {
  const directory =
    given.directory ??
    (await input({ message: 'Name of the project', default: 'my-api', validate: validateName }));
  if (!isGiven('stack')) {
    await select({
      message: 'Stack',
      choices: [
        { value: 'express', name: 'TypeScript, Express 5, PostgreSQL (embedded or server)' },
      ],
    });
  }
  const packageManager = isGiven('packageManager')
    ? given.packageManager
    : await select({
        message: 'Package manager',
        choices: [...packageManagers],
        default: given.packageManager,
      });
  const install = isGiven('install')
    ? given.install
    : await confirm({ message: `Install the dependencies with ${packageManager}?` });
  const git = isGiven('git') ? given.git : await confirm({ message: 'Make a git repository?' });
  return { directory, packageManager, install, git };
}

function validateName(name: string): true | string {
  try {
    parseProjectName(name);
    return true;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}
