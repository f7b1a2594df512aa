import type { Change } from '../manifest/change.ts';
import { UserError } from '../manifest/errors.ts';
import { apply, stage, undo } from './apply.ts';
import { check } from './check.ts';
import type { Disk } from './disk.ts';
import { entryAt, nodeDisk } from './disk.ts';
import type { Journal } from './journal.ts';
import { writeJournal } from './journal.ts';
import type { Lock } from './lock.ts';
import { endJournal, lock, sweep } from './lock.ts';
import { recover } from './recover.ts';
import { on } from './refusal.ts';

/**
 * Writes the changes to the project, all or nothing. If it is killed at any instant, `recover` restores
 * the project or completes the changes.
 */
export async function commit(
  root: string,
  changes: readonly Change[],
  disk: Disk = nodeDisk,
  signal?: AbortSignal,
): Promise<void> {
  if (changes.length === 0) return;
  await recover(root, disk);
  const real = await realRoot(disk, root);
  const own = await on(root, () => lock(disk, real));
  let journal: Journal | undefined;
  try {
    const work = await check(disk, real, changes, signal);
    const staged = await stage(disk, real, work, signal);
    journal = staged;
    await on(root, () => writeJournal(disk, real, staged));
    await apply(disk, real, staged, signal);
    await on(root, () => endJournal(disk, real, own, 'done'));
  } catch (error) {
    await takeBack(disk, real, own, journal);
    throw error;
  }
  await cleanUp(disk, real);
}

async function takeBack(
  disk: Disk,
  root: string,
  own: Lock,
  journal: Journal | undefined,
): Promise<void> {
  try {
    if (journal !== undefined) await undo(disk, root, journal);
    await endJournal(disk, root, own, 'undone');
  } catch {
    // The journal stays valid: the next command undoes the rest.
    own.release();
    return;
  }
  await cleanUp(disk, root);
}

/** Nothing depends on the clean-up: the next command removes what is left. */
async function cleanUp(disk: Disk, root: string): Promise<void> {
  try {
    await sweep(disk, root);
  } catch {
    return;
  }
}

async function realRoot(disk: Disk, root: string): Promise<string> {
  if ((await entryAt(disk, root)) !== undefined) {
    const real = await disk.realpath(root);
    if ((await disk.lstat(real)).kind === 'folder') return real;
  }
  const problem = { found: `${root} is not a folder.`, expected: 'Expected the project folder.' };
  throw new UserError([problem], `mkdir -p ${root}`);
}
