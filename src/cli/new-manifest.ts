import { relative, resolve } from 'node:path';
import type { Chosen } from '../manifest/choice-values.ts';
import { listText } from '../manifest/choice-values.ts';
import type { Above } from '../manifest/choices.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { aboveOf, parseManifest } from '../manifest/manifest.ts';
import { storedChoices } from '../manifest/project-settings.ts';
import type { Choice } from '../manifest/project-table.ts';
import { usualRoles } from '../manifest/roles.ts';
import type { Rules } from '../manifest/rules.ts';
import { rulesOf } from '../manifest/rules.ts';
import { findWorkspace } from '../project/find-workspace.ts';
import { hasAbove } from '../project/folders-above.ts';
import type { Stack, Stacks } from '../stacks/stack.ts';
import { isBelowGit } from '../steps/inside-git.ts';
import type { CreateAnswers } from './create-answers.ts';
import { projectName } from './create-answers.ts';
import { callingManager } from './typed.ts';

/** The default of a setting: the first of its values, or all of a list, unless the surroundings say another. */
export async function usualValue(
  [name, choice]: readonly [name: string, choice: Choice],
  chosen: Chosen,
  { directory, stacks }: { directory: string; stacks: Stacks },
): Promise<string> {
  if (name === 'packageManager') return usualManager(directory, rulesOf(stacks, chosen.stack));
  const values = choice.values(stacks, chosen);
  return choice.usual ?? (choice.isList ? listText(values) : (values[0] ?? ''));
}

/**
 * The default package manager: that of the workspace around the project, or else the one that
 * started this program, if the stack supports it.
 */
async function usualManager(directory: string, rules: Rules): Promise<string> {
  const workspace = await findWorkspace(resolve(directory), rules);
  const wanted = [workspace?.manager, callingManager(process.env), rules.packageManagers[0]];
  return wanted.find((name) => name !== undefined && rules.packageManagers.includes(name)) ?? '';
}

/** The manifest of a new project, which also says what is in the folders above. */
export async function newManifest(
  { directory, settings }: CreateAnswers,
  { rules, linterSettings }: Stack,
  stacks: Stacks,
): Promise<Manifest> {
  const target = resolve(directory);
  const { packageManager = '' } = settings;
  const workspace = await findWorkspace(target, rules);
  const { workspaces } = rules;
  const isMember = workspace && workspaces?.isMemberFor(packageManager, workspace.manager);
  const root = isMember ? workspace.root : undefined;
  const above: Above[] = [
    ...(isBelowGit(target) ? (['repository'] as const) : []),
    ...(root !== undefined ? (['workspace'] as const) : []),
    ...(hasAbove(target, linterSettings) ? (['linter'] as const) : []),
  ];
  const isHoisted = workspaces?.hoisting.includes(packageManager);
  const installed = root !== undefined && isHoisted ? relative(target, root) : '.';
  const manifest = {
    ...(rules.schema !== undefined && {
      $schema: rules.schema.replace(/^\./, installed.replaceAll('\\', '/')),
    }),
    name: projectName(directory, rules),
    ...storedChoices(settings),
    ...(settings.auth === 'jwt' && { roles: usualRoles }),
    ...aboveOf(above),
  };
  return parseManifest(JSON.stringify(manifest), 'backend.json', stacks);
}
