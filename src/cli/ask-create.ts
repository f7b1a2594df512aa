import { resolve } from 'node:path';
import { checkbox, confirm, input, select } from '@inquirer/prompts';
import { checkTarget } from '../commit/create.ts';
import { listedIn, listText } from '../manifest/choice-values.ts';
import { UserError } from '../manifest/errors.ts';
import type { Rules } from '../manifest/rules.ts';
import { rulesOf } from '../manifest/rules.ts';
import type { Stacks } from '../stacks/stack.ts';
import { isInsideGit } from '../steps/inside-git.ts';
import type { CreateAnswers, GivenAnswers } from './create-answers.ts';
import { completeSettings, projectName } from './create-answers.ts';
import { usualValue } from './new-manifest.ts';

/** Asks the questions that no flag has answered. */
export async function askCreate(given: GivenAnswers, stacks: Stacks): Promise<CreateAnswers> {
  const validate = (text: string) => faultOf(text, rulesOf(stacks, given.settings.stack));
  const directory =
    given.directory ??
    (await input({ message: 'Name of the project', default: 'my-api', validate }));
  const settings = await completeSettings(given.settings, async (name, choice, chosen) => {
    const usual = await usualValue([name, choice], chosen, { directory, stacks });
    const values = choice.values(stacks, chosen);
    // Where there is no choice, there is no question.
    if (values.length === (choice.isList ? 0 : 1)) return usual;
    const message = choice.question;
    const choices = values.map((value) => ({
      value,
      name: choice.title?.(value, stacks) ?? value,
    }));
    if (!choice.isList) return select({ message, choices, default: usual });
    const checked = listedIn(usual);
    return listText(
      await checkbox({
        message,
        choices: choices.map((each) => ({ ...each, checked: checked.includes(each.value) })),
      }),
    );
  });
  const install =
    given.install ??
    (await confirm({ message: `Install the dependencies with ${settings.packageManager}?` }));
  const hasGit = isInsideGit(resolve(directory));
  const git = given.git ?? (hasGit || (await confirm({ message: 'Create a git repository?' })));
  return { directory, settings, install, git };
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
