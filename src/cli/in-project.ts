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
  /** The stacks that its manifest may name, and what runs the programs that it has installed. */
  stacks: Stacks;
  runner: string;
  /** What `backend.json` says. */
  manifest: Manifest;
  /** The manifest whose code the project has, and the version of this tool that rendered it. */
  applied: Manifest;
  madeBy: string;
  /** The migrations of its endpoints, and the sides of other branches that were merged since. */
  lineage: Lineage;
  others: readonly Side[];
  files: Project;
  /** The ejected templates of the project, and the stack that uses them. */
  templates: RenderedFile[];
  stack: Stack;
};

type Work = (project: OpenProject) => Promise<void>;

/** Which versions of the code a command can work on, and whether it writes. */
type Way = { versions: 'this' | 'this or earlier'; writes: boolean };

/** The only version whose projects have no lock. */
export const FIRST_VERSION = '0.1.0';

/** Runs a command in the project of the current folder, whose code is of this version. */
export function inProject(stacks: Stacks, work: Work): Promise<void> {
  return open(stacks, work, { versions: 'this', writes: true });
}

/** The same, and the code may be of an earlier version. */
export function inEarlierProject(stacks: Stacks, work: Work): Promise<void> {
  return open(stacks, work, { versions: 'this or earlier', writes: true });
}

/** The same for a command that only reads, and so works on a read-only checkout. */
export function lookAtProject(stacks: Stacks, work: Work): Promise<void> {
  return open(stacks, work, { versions: 'this or earlier', writes: false });
}

/** No other code opens a project. */
async function open(stacks: Stacks, work: Work, { versions, writes }: Way): Promise<void> {
  let runner: string | undefined;
  try {
    const found = await findWhole(writes);
    const { root, lockText } = found;
    // First of all: this version may not understand what a newer one wrote.
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
    const stack = await ownStack(stacks, manifest.stack, templates, readProject(root));
    const files = readProject(root, stack.madeFolders);
    const branches = { applied, lineage, others };
    const own = { root, stacks, runner, manifest, madeBy, files, templates, stack };
    await work({ ...own, ...branches });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // The runner of the project may be known by now.
    throw new UserError(error.problems, typed(error.command, runner));
  }
}

/** Finds the project, and undoes what an interrupted command left half written. */
async function findWhole(writes: boolean): Promise<FoundProject> {
  const found = await findProject(process.cwd());
  if (!writes) {
    if (await isHalfWritten(found.root)) stderr().write(HALF_WRITTEN);
    return found;
  }
  if ((await recover(found.root)) !== 'undone') return found;
  stderr().write('An earlier command was interrupted while writing: its changes were undone.\n');
  // What was read before may be a change of that command.
  return findProject(found.root);
}

const HALF_WRITTEN =
  'A command is writing to this project, or was interrupted while writing: files may be incomplete.\n' +
  'The next command that writes undoes the changes of an interrupted one.\n';

/** Refuses while edits of backend.json are not applied, so that a command does only what it says. */
export function requireApplied(project: OpenProject): void {
  requireMerged(project);
  if (isApplied(project.manifest, project.applied)) return;
  const found = 'backend.json was edited, and the edits are not applied yet.';
  throw new UserError([{ found, expected: 'Expected them to be applied first.' }], 'gen apply');
}

/** Refuses while the code is that of several branches: no single manifest describes it. */
export function requireMerged({ others }: Pick<OpenProject, 'others'>): void {
  if (others.length === 0) return;
  const found = 'Two merged branches changed the same endpoint, and the code is not updated yet.';
  const expected = 'Expected the code to match backend.json again.';
  throw new UserError([{ found, expected }], 'gen apply');
}

/** Refuses code of a later version. */
function refuseNewer(madeBy: string | undefined): void {
  if (madeBy === undefined || !isNewer(madeBy, version)) return;
  const found = `This project was generated by create-backend ${madeBy}; this is ${version}, which is older.`;
  const expected = `Expected version ${madeBy} or newer.`;
  throw new UserError([{ found, expected }], installTool(madeBy));
}

/** Refuses code of another version, whose rendered files this one does not know. */
function refuseEarlier(madeBy: string): void {
  if (madeBy === version) return;
  const found = `This project was generated by create-backend ${madeBy}; this is ${version}.`;
  throw new UserError([{ found, expected: 'Expected an upgraded project.' }], 'gen upgrade');
}
