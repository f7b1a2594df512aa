import { basename, dirname, join } from 'node:path';
import type { Change } from '../manifest/change.ts';
import { UserError } from '../manifest/errors.ts';
import { commit } from './commit.ts';
import type { Disk } from './disk.ts';
import { entryAt, hasCode, nodeDisk, removeTree, unless } from './disk.ts';
import { hold, isAbandoned, reachOf } from './hold.ts';
import { foldersAbove, HOME, pathProblem, refuseDoubles } from './paths.ts';
import { recover } from './recover.ts';
import { AGAIN, on } from './refusal.ts';
import { newToken, TOKEN } from './tokens.ts';
import { turn } from './turn.ts';

type Create = Extract<Change, { kind: 'create' }>;

/** Files of a new repository of a code host, and files of operating systems: these are accepted. */
const FRESH =
  /^(\.git|\.gitignore|\.gitattributes|\.gitlab-ci\.yml|(readme|licen[cs]e|copying)([.-].*)?|\.DS_Store|Thumbs\.db)$/i;
const SHOWN = 8;

/**
 * Creates a new project at an absolute path, all or nothing: in a temporary folder beside it that is
 * renamed at the end, or, if a fresh folder exists already, by a commit into it.
 */
export async function createProject(
  target: string,
  changes: readonly Change[],
  disk: Disk = nodeDisk,
  signal?: AbortSignal,
): Promise<void> {
  const entry = await on(target, () => entryAt(disk, target));
  if (entry === undefined) return await createFresh(target, onlyCreates(changes), disk, signal);
  await clearTarget(target, disk);
  await on(target, () => refuseFull(disk, target));
  await commit(target, changes, disk, signal);
}

/** Undoes what a killed command left in the target. */
export async function clearTarget(target: string, disk: Disk = nodeDisk): Promise<void> {
  if (await hasJournal(disk, target)) await recover(target, disk);
}

/** Refuses a target that `createProject` would refuse, before any question is asked. */
export async function checkTarget(target: string, disk: Disk = nodeDisk): Promise<void> {
  const entry = await on(target, () => entryAt(disk, target));
  if (entry === undefined) await missingFolders(disk, dirname(target));
  else if (!(await hasJournal(disk, target))) await on(target, () => refuseFull(disk, target));
}

const hasJournal = (disk: Disk, target: string) =>
  on(target, async () => (await entryAt(disk, join(target, HOME, 'journal'))) !== undefined);

async function refuseFull(disk: Disk, target: string): Promise<void> {
  if (!(await isFolder(disk, target))) {
    throw refusal(
      `${target} is not a folder.`,
      'Expected an empty folder, or a name that does not exist.',
    );
  }
  const names: string[] = [];
  for (const name of (await disk.readdir(target)).sort()) {
    const isFile = (await entryAt(disk, join(target, name)))?.kind === 'file';
    if (name !== '.git' && !(FRESH.test(name) && isFile)) names.push(name);
  }
  if (names.length === 0) return;
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  throw refusal(
    `${target} is not empty: it has ${names.slice(0, SHOWN).join(', ')}${more}.`,
    'Expected an empty folder, a new repository (with only a README, a LICENSE and a .gitignore), or a name that does not exist.',
  );
}

async function createFresh(
  target: string,
  creates: readonly Create[],
  disk: Disk,
  signal?: AbortSignal,
): Promise<void> {
  const parent = dirname(target);
  const missing = await missingFolders(disk, parent);
  let draft: string | undefined;
  let release = () => {};
  try {
    for (const folder of missing) await on(folder, () => unless(disk.mkdir(folder), 'EEXIST'));
    const folder = join(parent, `.${basename(target)}-${newToken(reachOf(parent))}`);
    draft = folder;
    await on(parent, () => disk.mkdir(folder));
    release = hold(folder).release;
    await writeDraft(disk, folder, creates, signal);
    await on(target, () => disk.rename(folder, target));
  } catch (error) {
    await takeBack(disk, draft, missing);
    const taken = hasCode(error, 'ENOTEMPTY', 'EEXIST', 'ENOTDIR');
    if (!taken) throw error;
    throw refusal(
      `${target} was created while this command was running.`,
      'Expected a name that does not exist.',
    );
  } finally {
    release();
  }
  await cleanUp(disk, parent, basename(target));
}

async function writeDraft(
  disk: Disk,
  draft: string,
  creates: readonly Create[],
  signal?: AbortSignal,
): Promise<void> {
  const folders = new Set<string>();
  for (const { path, content, mode } of creates) {
    await turn();
    signal?.throwIfAborted();
    await on(path, async () => {
      for (const folder of foldersAbove(path).toReversed()) {
        if (folders.has(folder)) continue;
        await disk.mkdir(join(draft, folder));
        folders.add(folder);
      }
      await disk.draftFile(join(draft, path), content, mode);
    });
  }
  signal?.throwIfAborted();
}

async function takeBack(
  disk: Disk,
  draft: string | undefined,
  missing: readonly string[],
): Promise<void> {
  try {
    if (draft !== undefined) await removeTree(disk, draft);
    for (const folder of missing.toReversed()) {
      await unless(disk.rmdir(folder), 'ENOENT', 'ENOTEMPTY', 'EEXIST');
    }
  } catch {
    // The first error is the one to report; the next run removes the draft.
    return;
  }
}

/** Makes the rename durable, and removes drafts of killed processes for the same target. */
async function cleanUp(disk: Disk, parent: string, name: string): Promise<void> {
  try {
    await disk.syncFolder(parent);
    for (const entry of await disk.readdir(parent)) {
      if (!entry.startsWith(`.${name}-`)) continue;
      const token = entry.slice(name.length + 2);
      const draft = join(parent, entry);
      const isDraft = new RegExp(`^${TOKEN}$`).test(token);
      if (isDraft && isAbandoned(draft, token)) await removeTree(disk, draft);
    }
  } catch {
    return;
  }
}

/** The missing folders above the target, the outermost first. */
async function missingFolders(disk: Disk, parent: string): Promise<string[]> {
  const missing: string[] = [];
  let folder = parent;
  while ((await on(folder, () => entryAt(disk, folder))) === undefined) {
    missing.unshift(folder);
    folder = dirname(folder);
  }
  if (!(await on(folder, () => isFolder(disk, folder)))) {
    throw refusal(`${folder} is not a folder.`, 'Expected a folder, to create the project in it.');
  }
  await on(folder, () => disk.writable(folder));
  return missing;
}

async function isFolder(disk: Disk, path: string): Promise<boolean> {
  try {
    return (await disk.lstat(await disk.realpath(path))).kind === 'folder';
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return false;
    throw error;
  }
}

function onlyCreates(changes: readonly Change[]): Create[] {
  const creates = changes.filter((change) => change.kind === 'create');
  if (creates.length < changes.length) throw new Error('A new project has nothing to change.');
  refuseDoubles(creates.map(({ path }) => path));
  const problems = creates.flatMap(({ path }) => pathProblem(path) ?? []);
  if (problems.length > 0) throw new UserError(problems, AGAIN);
  return creates;
}

const refusal = (found: string, expected: string) =>
  new UserError([{ found, expected }], 'create-backend another-name');
