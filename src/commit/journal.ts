import { join } from 'node:path';
import * as z from 'zod';
import { UserError } from '../manifest/errors.ts';
import { once } from '../manifest/once.ts';
import type { Disk } from './disk.ts';
import { hasCode } from './disk.ts';
import { HOME, pathProblem } from './paths.ts';

/**
 * What a commit is going to do. Its nth entry has its new content in `new-n` and its old one in
 * `old-n` beside the journal; which of the two still exist shows how far it got.
 */
const journalSchema = once(() => {
  const place = z.string().refine((path) => pathProblem(path) === undefined);
  return z.object({
    version: z.literal(1),
    entries: z.array(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('create'), path: place, hash: z.string() }),
        z.object({ kind: z.literal('update'), path: place, hash: z.string() }),
        z.object({ kind: z.literal('delete'), path: place }),
      ]),
    ),
    /** Folders to make, the outermost first. */
    made: z.array(place),
    /** Folders that the deletions leave empty, the innermost first. */
    emptied: z.array(z.object({ path: place, mode: z.number().int() })),
  });
});

export type Journal = z.infer<ReturnType<typeof journalSchema>>;

export const journalFolder = (root: string) => join(root, HOME, 'journal');
export const stagedFile = (root: string, index: number) =>
  join(journalFolder(root), `new-${index}`);
export const oldFile = (root: string, index: number) => join(journalFolder(root), `old-${index}`);

/** Writes the journal; after its last step, a killed commit is undone by the next command. */
export async function writeJournal(disk: Disk, root: string, journal: Journal): Promise<void> {
  const folder = journalFolder(root);
  await disk.writeFile(join(folder, 'journal.tmp'), JSON.stringify(journal));
  await disk.syncFolder(folder);
  await disk.rename(join(folder, 'journal.tmp'), join(folder, 'journal.json'));
  await disk.syncFolder(folder);
}

/** The journal of an interrupted commit, or undefined if it was not complete. */
export async function readJournal(disk: Disk, root: string): Promise<Journal | undefined> {
  const text = await readText(disk, join(journalFolder(root), 'journal.json'));
  if (text === undefined) return undefined;
  const parsed = journalSchema().safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new UserError(
    [
      {
        found: `${HOME}/journal/journal.json of an interrupted command cannot be read.`,
        expected: 'Expected the journal as create-backend wrote it.',
      },
    ],
    `git status, and after checking the files: rm -r ${HOME}/journal`,
  );
}

async function readText(disk: Disk, path: string): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await disk.readFile(path));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
