import { recover } from '../commit/recover.ts';
import { findProject } from '../project/find-project.ts';
import type { Project } from '../project/read-project.ts';
import { readProject } from '../project/read-project.ts';
import { readTemplates } from '../project/read-templates.ts';
import { UserError } from '../spec/errors.ts';
import { isApplied, LOCK, parseLock } from '../spec/lock.ts';
import type { Manifest } from '../spec/manifest.ts';
import { isNewer } from '../spec/version.ts';
import type { RenderedFile, Stack } from '../stacks/stack.ts';
import { ownStack } from './own-stack.ts';
import { version } from './package.ts';
import { stderr } from './streams.ts';
import { typed } from './typed.ts';

export type OpenProject = {
  root: string;
  /** What `backend.json` says. */
  manifest: Manifest;
  /** The manifest whose code the project has, and the version of this tool that rendered it. */
  applied: Manifest;
  madeBy: string;
  files: Project;
  /** The templates that the project has of its own, and the stack in which they win. */
  templates: RenderedFile[];
  stack: Stack;
};

/** Only projects of 0.1.0 have no lock. */
export const FIRST_VERSION = '0.1.0';

/** Does the work of a command in the project around here, after what a killed one left is undone. */
export async function inProject(work: (project: OpenProject) => Promise<void>): Promise<void> {
  const { root, ...found } = await findProject(process.cwd());
  try {
    // What was read before is of the command that was cut off.
    const { manifest } = (await takeBackHalfDone(root)) ? await findProject(root) : found;
    const files = readProject(root);
    const lock = files.read(LOCK);
    const { applied, version: madeBy } =
      lock === undefined
        ? { applied: manifest, version: FIRST_VERSION }
        : parseLock(lock, manifest);
    const templates = await readTemplates(root);
    const stack = await ownStack(manifest.stack, templates);
    await work({ root, manifest, applied, madeBy, files, templates, stack });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // From here on it is known through which package manager the project runs its tools.
    throw new UserError(error.problems, typed(error.command, found.manifest.packageManager));
  }
}

/** Refuses where backend.json was edited by hand, so that a command does only what it says. */
export function requireApplied({ manifest, applied }: OpenProject): void {
  if (isApplied(manifest, applied)) return;
  const found = 'backend.json was edited, and the code does not follow it yet.';
  throw new UserError(
    [{ found, expected: 'Expected its edits to be applied first.' }],
    'gen apply',
  );
}

/** Refuses where the code is of another version: what to merge against, this one does not know. */
export function requireCurrent({ madeBy }: OpenProject): void {
  refuseNewer({ madeBy });
  if (madeBy === version) return;
  const found = `The code of this project is of create-backend ${madeBy}; this is ${version}.`;
  throw new UserError([{ found, expected: 'Expected the same version.' }], 'gen upgrade');
}

/** Refuses where the code is of a version that came after this one. */
export function refuseNewer({ madeBy }: Pick<OpenProject, 'madeBy'>): void {
  if (!isNewer(madeBy, version)) return;
  const found = `The code of this project is of create-backend ${madeBy}; this is only ${version}.`;
  const command = `npm install --save-dev create-backend@${madeBy}`;
  throw new UserError([{ found, expected: `Expected ${madeBy} or a newer one.` }], command);
}

async function takeBackHalfDone(root: string): Promise<boolean> {
  if ((await recover(root)) !== 'undone') return false;
  stderr().write('An earlier command was cut off while it wrote: its changes are undone.\n');
  return true;
}
