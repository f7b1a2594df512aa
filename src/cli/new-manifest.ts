import { relative, resolve } from 'node:path';
import type { Above, PackageManager } from '../manifest/choices.ts';
import { aboveOf, type Manifest } from '../manifest/manifest.ts';
import { findWorkspace, isMemberFor } from '../project/find-workspace.ts';
import { hasAbove } from '../project/folders-above.ts';
import type { Stack } from '../stacks/stack.ts';
import { isBelowGit } from '../steps/inside-git.ts';
import type { CreateAnswers } from './create-answers.ts';
import { projectName } from './create-answers.ts';
import { callingManager } from './typed.ts';

/** What installs the workspace around a folder, or else what runs us: it is wanted here too. */
export async function usualManager(directory: string): Promise<PackageManager> {
  const workspace = await findWorkspace(resolve(directory));
  return workspace?.manager ?? callingManager(process.env) ?? 'npm';
}

/** The manifest of a new project, with what is in the folders above. */
export async function newManifest(
  { directory, stack: name, auth, packageManager }: CreateAnswers,
  stack: Stack,
): Promise<Manifest> {
  const target = resolve(directory);
  const workspace = await findWorkspace(target);
  const isMember = workspace !== undefined && isMemberFor(packageManager, workspace);
  const above: Above[] = [
    ...(isBelowGit(target) ? (['repository'] as const) : []),
    ...(isMember ? (['workspace'] as const) : []),
    ...(hasAbove(target, stack.linterSettings) ? (['linter'] as const) : []),
  ];
  // npm and Yarn install what members need at the root; pnpm and Bun link it into each.
  const isAbove = isMember && (packageManager === 'npm' || packageManager === 'yarn');
  const installed = isAbove ? relative(target, workspace.root).replaceAll('\\', '/') : '.';
  return {
    $schema: `${installed}/node_modules/create-backend/dist/backend.schema.json`,
    name: projectName(directory),
    stack: name,
    auth,
    basePath: '/api',
    packageManager,
    ...aboveOf(above),
    endpoints: {},
  };
}
