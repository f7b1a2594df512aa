import { join } from 'node:path';
import type { Change } from '../manifest/change.ts';
import type { Problem } from '../manifest/errors.ts';
import { UserError } from '../manifest/errors.ts';
import type { Disk } from './disk.ts';
import type { Place } from './locate.ts';
import { locate } from './locate.ts';
import { below, foldersAbove, pathProblem, refuseDoubles } from './paths.ts';
import { AGAIN, on, refusedBySystem } from './refusal.ts';

type Placed<C extends Change> = C & { target: string; oldMode: number };
export type Work = {
  /** The changes at their real places; `target` is relative to the root. */
  changes: Placed<Change>[];
  made: string[];
  emptied: { path: string; mode: number }[];
};

/** Checks everything that a commit needs, writes nothing, and reports everything that is wrong. */
export async function check(
  disk: Disk,
  root: string,
  changes: readonly Change[],
  signal?: AbortSignal,
): Promise<Work> {
  refuseDoubles(changes.map(({ path }) => path));
  const problems: Problem[] = [];
  const placed: Work['changes'] = [];
  const made = new Set<string>();
  const seen = new Map<string, Problem | undefined>();
  for (const change of changes) {
    signal?.throwIfAborted();
    const place =
      pathProblem(change.path) ?? (await on(change.path, () => locate(disk, root, change.path)));
    const problem = 'found' in place ? place : await unfit(disk, root, change, place);
    if (problem !== undefined) problems.push(problem);
    if ('found' in place) continue;
    await checkWritable(disk, root, place, seen);
    for (const folder of place.missing) made.add(folder);
    const target = change.kind === 'delete' ? place.self : place.real;
    placed.push({ ...change, target, oldMode: place.entry?.mode ?? 0 });
  }
  for (const problem of seen.values()) if (problem !== undefined) problems.push(problem);
  if (problems.length > 0) throw new UserError(problems, AGAIN);
  refuseDoubles(placed.map(({ target }) => target));
  return { changes: placed, made: [...made], emptied: await emptiedBy(disk, root, placed) };
}

/** Whether the disk is still as planning saw it. */
async function unfit(
  disk: Disk,
  root: string,
  change: Change,
  { entry, real }: Place,
): Promise<Problem | undefined> {
  const expected = 'Expected no changes while the command runs; nothing was written.';
  if (change.kind === 'create') {
    if (entry === undefined) return undefined;
    return { found: `${change.path} already exists.`, expected: 'Expected no such file.' };
  }
  if (entry === undefined) {
    return { found: `${change.path} was removed while this command was running.`, expected };
  }
  if (entry.kind !== 'file') {
    return { found: `${change.path} is not a file.`, expected: 'Expected a file.' };
  }
  const content = await on(change.path, () => disk.readFile(join(root, real)));
  if (Buffer.from(change.before).equals(content)) return undefined;
  return { found: `${change.path} was changed while this command was running.`, expected };
}

async function checkWritable(
  disk: Disk,
  root: string,
  place: Place,
  seen: Map<string, Problem | undefined>,
): Promise<void> {
  const file = place.entry?.kind === 'file' ? [join(root, place.real)] : [];
  for (const path of [place.folder, ...file]) {
    if (seen.has(path)) continue;
    try {
      await disk.writable(path);
      seen.set(path, undefined);
    } catch (error) {
      const problem = refusedBySystem(error, below(root, path) ?? root);
      if (problem === undefined) throw error;
      seen.set(path, problem);
    }
  }
}

/** The folders in which everything is deleted, the innermost first. */
async function emptiedBy(
  disk: Disk,
  root: string,
  placed: Work['changes'],
): Promise<Work['emptied']> {
  const deleted = placed.filter(({ kind }) => kind === 'delete').map(({ target }) => target);
  const kept = new Set(
    placed.filter(({ kind }) => kind !== 'delete').flatMap(({ target }) => foldersAbove(target)),
  );
  const gone = new Set(deleted);
  const folders = [...new Set(deleted.flatMap(foldersAbove))].filter((path) => !kept.has(path));
  const depth = (path: string) => path.split('/').length;
  const emptied: Work['emptied'] = [];
  for (const path of folders.sort((a, b) => depth(b) - depth(a))) {
    const names = await disk.readdir(join(root, path));
    if (!names.every((name) => gone.has(`${path}/${name}`))) continue;
    gone.add(path);
    emptied.push({ path, mode: (await disk.lstat(join(root, path))).mode });
  }
  return emptied;
}
