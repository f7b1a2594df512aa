import { join } from 'node:path';
import { undo } from './apply.ts';
import type { Disk } from './disk.ts';
import { entryAt, nodeDisk } from './disk.ts';
import { journalFolder, readJournal } from './journal.ts';
import { endJournal, sweep, takeOver } from './lock.ts';
import { on } from './refusal.ts';

/**
 * Undoes what an interrupted command left half written, or removes what it left after it was done.
 * Every command that writes calls it before it reads anything.
 */
export async function recover(
  root: string,
  disk: Disk = nodeDisk,
): Promise<'none' | 'undone' | 'finished'> {
  if ((await entryAt(disk, root)) === undefined) return 'none';
  const real = await disk.realpath(root);
  return await on('The journal of an earlier command', async () => {
    const own = await takeOver(disk, real);
    if (own === undefined) return await sweep(disk, real);
    try {
      const journal = await readJournal(disk, real);
      if (journal !== undefined) await undo(disk, real, journal);
      await endJournal(disk, real, own, 'undone');
      await sweep(disk, real);
      return journal === undefined ? 'none' : 'undone';
    } finally {
      own.release();
    }
  });
}

/** Whether a commit has begun to change the project and has not ended; only reads. */
export async function isHalfWritten(root: string, disk: Disk = nodeDisk): Promise<boolean> {
  return (await entryAt(disk, join(journalFolder(root), 'journal.json'))) !== undefined;
}
