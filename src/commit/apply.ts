import { dirname, join } from 'node:path';
import { hashOf } from '../manifest/hash.ts';
import type { Work } from './check.ts';
import type { Disk } from './disk.ts';
import { entryAt, unless } from './disk.ts';
import type { Journal } from './journal.ts';
import { oldFile, stagedFile } from './journal.ts';
import { on } from './refusal.ts';
import { turn } from './turn.ts';

/** Puts the new contents, and copies of the old ones, beside the journal. */
export async function stage(
  disk: Disk,
  root: string,
  { changes, made, emptied }: Work,
  signal?: AbortSignal,
): Promise<Journal> {
  const entries: Journal['entries'] = [];
  for (const [index, change] of changes.entries()) {
    await turn();
    signal?.throwIfAborted();
    const path = change.target;
    const [staged, old] = [stagedFile(root, index), oldFile(root, index)];
    await on(change.path, async () => {
      if (change.kind === 'delete') {
        entries.push({ kind: 'delete', path });
        return;
      }
      entries.push({ kind: change.kind, path, hash: hashOf(change.content) });
      if (change.kind === 'create') {
        await disk.writeFile(staged, change.content, change.mode);
        return;
      }
      await disk.writeFile(old, change.before);
      await disk.chmod(old, change.oldMode);
      await disk.writeFile(staged, change.content);
      await disk.chmod(staged, change.oldMode);
    });
  }
  return { version: 1, entries, made, emptied };
}

/** Carries out the journal: each file changes by one rename. */
export async function apply(
  disk: Disk,
  root: string,
  { entries, made, emptied }: Journal,
  signal?: AbortSignal,
): Promise<void> {
  const folders = new Set<string>();
  for (const folder of made) {
    await on(folder, () => disk.mkdir(join(root, folder)));
    folders.add(dirname(join(root, folder)));
  }
  for (const [index, { kind, path }] of entries.entries()) {
    await turn();
    signal?.throwIfAborted();
    const target = join(root, path);
    await on(path, () =>
      kind === 'delete'
        ? disk.rename(target, oldFile(root, index))
        : disk.rename(stagedFile(root, index), target),
    );
    folders.add(dirname(target));
  }
  for (const folder of folders) await disk.syncFolder(folder);
  for (const { path } of emptied) {
    await on(path, () => unless(disk.rmdir(join(root, path)), 'ENOTEMPTY', 'EEXIST'));
  }
}

/**
 * Undoes whatever part of the journal was applied. The state of the disk decides each step, so it can
 * be killed and run again. A file that was edited since is kept.
 */
export async function undo(disk: Disk, root: string, journal: Journal): Promise<void> {
  for (const { path, mode } of journal.emptied.toReversed()) {
    if (!(await inPlace(disk, root, path))) continue;
    await unless(disk.mkdir(join(root, path)), 'EEXIST');
    await disk.chmod(join(root, path), mode);
  }
  for (const [index, entry] of journal.entries.entries()) {
    if (!(await inPlace(disk, root, entry.path))) continue;
    const target = join(root, entry.path);
    const old = oldFile(root, index);
    if (entry.kind === 'delete') {
      const moved = (await entryAt(disk, old)) !== undefined;
      if (moved && (await entryAt(disk, target)) === undefined) await disk.rename(old, target);
      continue;
    }
    if ((await entryAt(disk, stagedFile(root, index))) !== undefined) continue;
    if ((await entryAt(disk, target))?.kind !== 'file') continue;
    if (hashOf(await disk.readFile(target)) !== entry.hash) continue;
    // An update that changes nothing, or that is restored already, has no copy left.
    if (entry.kind === 'create') await disk.unlink(target);
    else await unless(disk.rename(old, target), 'ENOENT');
  }
  for (const folder of journal.made.toReversed()) {
    if (!(await inPlace(disk, root, folder))) continue;
    await unless(disk.rmdir(join(root, folder)), 'ENOENT', 'ENOTEMPTY', 'EEXIST');
  }
}

/** Whether the folder above exists and is no link: a journal must not follow links. */
async function inPlace(disk: Disk, root: string, path: string): Promise<boolean> {
  const folder = dirname(join(root, path));
  if ((await entryAt(disk, folder))?.kind !== 'folder') return false;
  return (await disk.realpath(folder)) === folder;
}
