import { hostname } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../manifest/errors.ts';
import type { Disk } from './disk.ts';
import { entryAt, hasCode, removeTree, unless } from './disk.ts';
import { isBeating, keepBeating } from './heartbeat.ts';
import { hold, isAbandoned, reachOf } from './hold.ts';
import { journalFolder } from './journal.ts';
import { HOME } from './paths.ts';
import { AGAIN } from './refusal.ts';
import { isSeen, NO_REACH, newToken, pidOf, TOKEN } from './tokens.ts';

// The folder `.backend/journal` is the lock. It is created by a rename with the name of its owner in it
// and removed by a rename, so it never exists without an owner. It is locked by the operating system
// before it is created. If that is not possible, its owner keeps touching the file of its name.

const LEFT = new RegExp(`^(done|undone|birth)-(${TOKEN})$`);

/** The lock while we own it, and how to release it without removing its journal. */
export type Lock = { token: string; release: () => void };

/** Takes the lock, or refuses if a process holds it. The journal folder then exists and is empty. */
export async function lock(disk: Disk, root: string): Promise<Lock> {
  const home = join(root, HOME);
  let birth: string | undefined;
  let release = () => {};
  try {
    await unless(disk.mkdir(home), 'EEXIST');
    if ((await entryAt(disk, home))?.kind !== 'folder') throw notAFolder();
    const reach = reachOf(home);
    birth = join(home, `birth-${newToken(reach)}`);
    await disk.mkdir(birth);
    const held = hold(birth);
    release = held.release;
    const token = newToken(held.status === 'locked' ? reach : NO_REACH);
    await disk.writeFile(join(birth, `owner-${token}`), hostname());
    await disk.rename(birth, journalFolder(root));
    return owned(root, token, release);
  } catch (error) {
    release();
    if (birth !== undefined) await removeTree(disk, birth);
    await removeHome(disk, root);
    // ENOENT: the other process has just removed the empty folder.
    if (hasCode(error, 'ENOENT')) throw busy();
    const owner = await ownerOf(disk, root);
    const taken = hasCode(error, 'ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES');
    throw taken && owner !== undefined ? busy(owner) : error;
  }
}

/** Takes over the lock of a process that has ended; undefined if there is no lock. */
export async function takeOver(disk: Disk, root: string): Promise<Lock | undefined> {
  const owner = await ownerOf(disk, root);
  if (owner === undefined) return undefined;
  let release = () => {};
  try {
    const held = hold(journalFolder(root));
    release = held.release;
    if (held.status === 'held') throw busy(owner);
    const reach = reachOf(journalFolder(root));
    const isGone = owner.token === '' || (held.status === 'locked' && isSeen(owner.token, reach));
    if (!isGone && (await isBeating(ownerFile(root, owner.token)))) throw busy(owner);
    const token = newToken(held.status === 'locked' ? reach : NO_REACH);
    // If two processes take over the same lock, only one can rename the file of its owner.
    if (owner.token === '') await disk.writeFile(ownerFile(root, token), hostname());
    else await disk.rename(ownerFile(root, owner.token), ownerFile(root, token));
    return owned(root, token, release);
  } catch (error) {
    release();
    throw hasCode(error, 'ENOENT') ? busy() : error;
  }
}

function owned(root: string, token: string, release: () => void): Lock {
  // Thrown there, it ends this process before it writes, since another one owns the lock now.
  const stop = keepBeating(ownerFile(root, token), () => {
    throw busy();
  });
  return {
    token,
    release: () => {
      stop();
      release();
    },
  };
}

/** Ends the journal by one rename: it is invalid then. Cleaning up comes after. */
export async function endJournal(
  disk: Disk,
  root: string,
  { token, release }: Lock,
  outcome: 'done' | 'undone',
): Promise<void> {
  await disk.rename(journalFolder(root), join(root, HOME, `${outcome}-${token}`));
  release();
}

/** Removes what ended journals left behind; returns whether one of them was completed. */
export async function sweep(disk: Disk, root: string): Promise<'none' | 'undone' | 'finished'> {
  const home = join(root, HOME);
  if ((await entryAt(disk, home))?.kind !== 'folder') return 'none';
  const names = await disk.readdir(home);
  // If nothing was left, nothing is written: a dry run must work on a read-only folder.
  if (names.length > 0 && !names.some((name) => LEFT.test(name))) return 'none';
  let outcome: 'none' | 'undone' | 'finished' = 'none';
  for (const name of names) {
    const [, kind, token] = LEFT.exec(name) ?? [];
    if (token === undefined) continue;
    if (kind === 'birth' && !isAbandoned(join(home, name), token)) continue;
    await removeTree(disk, join(home, name));
    if (kind === 'done') outcome = 'finished';
    else if (kind === 'undone' && outcome === 'none') outcome = 'undone';
  }
  await removeHome(disk, root);
  return outcome;
}

const removeHome = (disk: Disk, root: string) =>
  unless(
    disk.rmdir(join(root, HOME)),
    'ENOENT',
    'ENOTEMPTY',
    'EEXIST',
    'ENOTDIR',
    'EACCES',
    'EROFS',
  );

const ownerFile = (root: string, token: string) => join(journalFolder(root), `owner-${token}`);

type Owner = { token: string; host: string };

/** The owner of the lock: without a token if its file is missing, undefined if there is no lock. */
async function ownerOf(disk: Disk, root: string): Promise<Owner | undefined> {
  if ((await entryAt(disk, join(root, HOME)))?.kind !== 'folder') return undefined;
  const folder = journalFolder(root);
  if ((await entryAt(disk, folder))?.kind !== 'folder') return undefined;
  const name = (await disk.readdir(folder)).find((entry) => entry.startsWith('owner-'));
  if (name === undefined) return { token: '', host: '' };
  const token = name.slice('owner-'.length);
  try {
    return { token, host: new TextDecoder().decode(await disk.readFile(join(folder, name))) };
  } catch (error) {
    // Another process has just taken it over, or has ended.
    if (hasCode(error, 'ENOENT')) return { token, host: 'this machine' };
    throw error;
  }
}

function busy(owner?: Owner): UserError {
  const who = owner?.token ? ` (process ${pidOf(owner.token)} on ${owner.host})` : '';
  const problem = {
    found: `Another create-backend command${who} is writing to this project: it holds ${HOME}/journal.`,
    expected: 'Expected no other command. Wait for it; its lock ends with it.',
  };
  return new UserError([problem], AGAIN);
}

function notAFolder(): UserError {
  const problem = {
    found: `${HOME} is not a folder.`,
    expected: 'Expected a folder for the journal of a command.',
  };
  return new UserError([problem], `mv ${HOME} ${HOME}.old`);
}
