import { relative, resolve } from 'node:path';
import { withAccounts } from '../manifest/accounts.ts';
import type { Above } from '../manifest/choices.ts';
import { aboveOf, type Manifest } from '../manifest/manifest.ts';
import type { Rules } from '../manifest/rules.ts';
import { findWorkspace } from '../project/find-workspace.ts';
import { hasAbove } from '../project/folders-above.ts';
import type { Stack } from '../stacks/stack.ts';
import { isBelowGit } from '../steps/inside-git.ts';
import type { CreateAnswers } from './create-answers.ts';
import { projectName } from './create-answers.ts';
import { callingManager } from './typed.ts';

/**
 * What installs a new project where nobody says: what installs the workspace around it, or else what
 * we were started through, if the stack has it.
 */
export async function usualManager(directory: string, rules: Rules): Promise<string> {
  const workspace = await findWorkspace(resolve(directory), rules);
  const wanted = [workspace?.manager, callingManager(process.env), rules.packageManagers[0]];
  return wanted.find((name) => name !== undefined && rules.packageManagers.includes(name)) ?? '';
}

/** The manifest of a new project, with what is in the folders above. */
export async function newManifest(
  { directory, stack: name, auth, packageManager }: CreateAnswers,
  { rules, linterSettings }: Stack,
): Promise<Manifest> {
  const target = resolve(directory);
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
  return withAccounts({
    ...(rules.schema !== undefined && {
      $schema: rules.schema.replace(/^\./, installed.replaceAll('\\', '/')),
    }),
    name: projectName(directory, rules),
    stack: name,
    auth,
    basePath: '/api',
    packageManager,
    ...aboveOf(above),
    endpoints: {},
  });
}
