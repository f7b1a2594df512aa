import { isHalfWritten, recover } from '../commit/recover.ts';
import { UserError } from '../manifest/errors.ts';
import type { Lineage, Side } from '../manifest/lock.ts';
import { isApplied, lockMissing, parseLock, versionIn } from '../manifest/lock.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { rulesOf } from '../manifest/rules.ts';
import { installTool } from '../manifest/tool.ts';
import { isNewer } from '../manifest/version.ts';
import type { FoundProject } from '../project/find-project.ts';
import { findProject, isOfFirst, manifestOf } from '../project/find-project.ts';
import type { Project } from '../project/read-project.ts';
import { readProject } from '../project/read-project.ts';
import { readTemplates } from '../project/read-templates.ts';
import type { RenderedFile, Stack, Stacks } from '../stacks/stack.ts';
import { ownStack } from './own-stack.ts';
import { version } from './package.ts';
import { stderr } from './streams.ts';
import { typed } from './typed.ts';

export type OpenProject = {
  root: string;
  /** The stacks that its manifest may name, and what its programs are run through. */
  stacks: Stacks;
  runner: string;
  /** What `backend.json` says. */
  manifest: Manifest;
  /** The manifest whose code the project has, and the version of this tool that rendered it. */
  applied: Manifest;
  madeBy: string;
  /** The migrations of its endpoints; and what other branches applied that were merged since. */
  lineage: Lineage;
  others: readonly Side[];
  files: Project;
  /** The templates that the project has of its own, and the stack in which they win. */
  templates: RenderedFile[];
  stack: Stack;
};

type Work = (project: OpenProject) => Promise<void>;

/** Whose code a command can deal with, and whether it writes. */
type Way = { versions: 'this' | 'this or earlier'; writes: boolean };

/** Only projects of 0.1.0 have no lock. */
export const FIRST_VERSION = '0.1.0';

/** Does the work of a command in the project around here, whose code is of this version. */
export function inProject(stacks: Stacks, work: Work): Promise<void> {
  return open(stacks, work, { versions: 'this', writes: true });
}

/** The same where the code may be of an earlier version too. */
export function inEarlierProject(stacks: Stacks, work: Work): Promise<void> {
  return open(stacks, work, { versions: 'this or earlier', writes: true });
}

/** The same for a command that writes nothing, and works where nothing may be written. */
export function lookAtProject(stacks: Stacks, work: Work): Promise<void> {
  return open(stacks, work, { versions: 'this or earlier', writes: false });
}

/** No other code opens a project. */
async function open(stacks: Stacks, work: Work, { versions, writes }: Way): Promise<void> {
  let runner: string | undefined;
  try {
    const found = await findWhole(writes);
    const { root, lockText } = found;
    // First of all: what a newer version wrote into the rest may mean nothing here.
    refuseNewer(versionIn(lockText ?? ''));
    const manifest = manifestOf(found, stacks);
    const rules = rulesOf(stacks, manifest.stack);
    runner = rules.runner(manifest.packageManager);
    if (lockText === undefined && !isOfFirst(root, rules)) throw lockMissing();
    const { sides, version: madeBy } =
      lockText === undefined
        ? { sides: [{ manifest, lineage: {} }] as const, version: FIRST_VERSION }
        : parseLock(lockText, manifest, stacks);
    const [{ manifest: applied, lineage }, ...others] = sides;
    refuseNewer(madeBy);
    if (versions === 'this') refuseEarlier(madeBy);
    const templates = await readTemplates(root);
    const stack = await ownStack(stacks, manifest.stack, templates);
    const files = readProject(root, stack.madeFolders);
    const branches = { applied, lineage, others };
    const own = { root, stacks, runner, manifest, madeBy, files, templates, stack };
    await work({ ...own, ...branches });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // From here on it is known through what the project runs its programs.
    throw new UserError(error.problems, typed(error.command, runner));
  }
}

/** The project around here, without what a command left that was cut off. */
async function findWhole(writes: boolean): Promise<FoundProject> {
  const found = await findProject(process.cwd());
  if (!writes) {
    if (await isHalfWritten(found.root)) stderr().write(HALF_WRITTEN);
    return found;
  }
  if ((await recover(found.root)) !== 'undone') return found;
  stderr().write('An earlier command was cut off while it wrote: its changes are undone.\n');
  // What was read before is of that command.
  return findProject(found.root);
}

const HALF_WRITTEN =
  'A command is writing here, or was cut off while it wrote: this is what there is meanwhile.\n' +
  'The next command that writes takes back what was cut off.\n';

/** Refuses where backend.json was edited by hand, so that a command does only what it says. */
export function requireApplied(project: OpenProject): void {
  requireMerged(project);
  if (isApplied(project.manifest, project.applied)) return;
  const found = 'backend.json was edited, and the code does not follow it yet.';
  throw new UserError(
    [{ found, expected: 'Expected its edits to be applied first.' }],
    'gen apply',
  );
}

/** Refuses while the code is that of several branches, so that one manifest says what it follows. */
export function requireMerged({ others }: Pick<OpenProject, 'others'>): void {
  if (others.length === 0) return;
  const found = 'Branches were merged that changed the same endpoint, and the code is of both.';
  const expected = 'Expected the code to follow backend.json again.';
  throw new UserError([{ found, expected }], 'gen apply');
}

/** Refuses code of a version that came after this one. */
function refuseNewer(madeBy: string | undefined): void {
  if (madeBy === undefined || !isNewer(madeBy, version)) return;
  const found = `The code of this project is of create-backend ${madeBy}; this is only ${version}.`;
  const expected = `Expected ${madeBy} or a newer one.`;
  throw new UserError([{ found, expected }], installTool(madeBy));
}

/** Refuses code of another version: what to merge against, and what it needs, this one does not know. */
function refuseEarlier(madeBy: string): void {
  if (madeBy === version) return;
  const found = `The code of this project is of create-backend ${madeBy}; this is ${version}.`;
  throw new UserError([{ found, expected: 'Expected the same version.' }], 'gen upgrade');
}
