import { join } from 'node:path';
import { UserError } from '../spec/errors.ts';
import type { Disk } from './disk.ts';
import { entryAt, hasCode, removeTree, unless } from './disk.ts';
import { journalFolder } from './journal.ts';
import { HOME } from './paths.ts';
import { AGAIN } from './refusal.ts';
import { dropToken, isAlive, pidOf, TOKEN, takeToken } from './tokens.ts';

// The folder `.backend/journal` is the lock. It is born by a rename with its owner's name in it, and
// ends by a rename, so at no instant is it there without an owner.

const LEFT = new RegExp(`^(done|undone|birth)-(${TOKEN})$`);

/** Takes the lock, or refuses if a process holds it. The journal folder is then there and empty. */
export async function lock(disk: Disk, root: string): Promise<string> {
  const token = takeToken();
  const home = join(root, HOME);
  const birth = join(home, `birth-${token}`);
  try {
    await unless(disk.mkdir(home), 'EEXIST');
    if ((await entryAt(disk, home))?.kind !== 'folder') throw notAFolder();
    await disk.mkdir(birth);
    await disk.writeFile(join(birth, `owner-${token}`), '');
    await disk.rename(birth, journalFolder(root));
    return token;
  } catch (error) {
    dropToken(token);
    await removeTree(disk, birth);
    await removeHome(disk, root);
    // ENOENT: the other one has just removed the empty folder under our feet.
    if (hasCode(error, 'ENOENT')) throw busy();
    const owner = await ownerOf(disk, root);
    const taken = hasCode(error, 'ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES');
    throw taken && owner !== undefined ? busy(owner) : error;
  }
}

/** Takes over the lock of a dead process; undefined if there is no lock. */
export async function takeOver(disk: Disk, root: string): Promise<string | undefined> {
  const owner = await ownerOf(disk, root);
  if (owner === undefined) return undefined;
  if (isAlive(owner)) throw busy(owner);
  const token = takeToken();
  const folder = journalFolder(root);
  try {
    // Of two processes that both want the dead one's lock, only one can rename its name away.
    if (owner === '') await disk.writeFile(join(folder, `owner-${token}`), '');
    else await disk.rename(join(folder, `owner-${owner}`), join(folder, `owner-${token}`));
    return token;
  } catch (error) {
    dropToken(token);
    throw hasCode(error, 'ENOENT') ? busy() : error;
  }
}

/** Ends the journal by one rename: what it says holds no longer. Cleaning up comes after. */
export async function endJournal(
  disk: Disk,
  root: string,
  token: string,
  outcome: 'done' | 'undone',
): Promise<void> {
  await disk.rename(journalFolder(root), join(root, HOME, `${outcome}-${token}`));
  dropToken(token);
}

/** Removes what ended journals left behind; says whether one of them had been finished. */
export async function sweep(disk: Disk, root: string): Promise<'none' | 'undone' | 'finished'> {
  const home = join(root, HOME);
  if ((await entryAt(disk, home))?.kind !== 'folder') return 'none';
  const names = await disk.readdir(home);
  // Where nothing was left, nothing is written: a dry run may look at what it may not change.
  if (names.length > 0 && !names.some((name) => LEFT.test(name))) return 'none';
  let outcome: 'none' | 'undone' | 'finished' = 'none';
  for (const name of names) {
    const [, kind, token] = LEFT.exec(name) ?? [];
    if (token === undefined || (kind === 'birth' && isAlive(token))) continue;
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

/** Whose lock it is: a token, '' if its owner's name is gone, undefined if there is no lock. */
async function ownerOf(disk: Disk, root: string): Promise<string | undefined> {
  if ((await entryAt(disk, join(root, HOME)))?.kind !== 'folder') return undefined;
  const folder = journalFolder(root);
  if ((await entryAt(disk, folder))?.kind !== 'folder') return undefined;
  const name = (await disk.readdir(folder)).find((entry) => entry.startsWith('owner-'));
  return name?.slice('owner-'.length) ?? '';
}

function busy(owner?: string): UserError {
  const pid = owner === undefined ? '' : ` (pid ${pidOf(owner)})`;
  const problem = {
    found: `Another create-backend command${pid} is writing here.`,
    expected: `Expected to be alone; if it is not one, delete the file ${HOME}/journal/owner-*.`,
  };
  return new UserError([problem], AGAIN);
}

function notAFolder(): UserError {
  const problem = {
    found: `${HOME} is not a folder.`,
    expected: 'Expected to be able to keep the journal of a command in it.',
  };
  return new UserError([problem], `mv ${HOME} ${HOME}.old`);
}
