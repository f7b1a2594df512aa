import type { Change, Conflict, Move, Notice } from '../manifest/change.ts';
import type { Problem } from '../manifest/errors.ts';
import type { IsSound, LayOut, Stack } from '../stacks/stack.ts';
import type { NewNames } from './follow-names.ts';
import { followNames } from './follow-names.ts';
import { isSameText, keepLayout } from './keep-layout.ts';
import { inYourLayout, isReformatted } from './merge-layout.ts';
import { linesOf, textLike } from './merge-text.ts';
import type { Merged, Versions } from './merge3.ts';
import { merge3 } from './merge3.ts';

/** The versions of one rendered file; undefined where there is none. */
export type FileVersions = {
  path: string;
  /** What was generated before, so what your edits are edits of. */
  base: string | undefined;
  yours: string | undefined;
  generated: string;
};

export type FilePlan =
  | { status: 'change'; change: Change }
  | { status: 'notice'; notice: Notice }
  | { status: 'refused'; problem: Problem };

export type FileOptions = {
  /** Takes a file that is there but is not ours. */
  force: boolean;
  /** Whether a merged text may be written; asked about nothing else. */
  isSound: IsSound;
  syntaxOf: Stack['syntaxOf'];
  layOut: LayOut;
  /** Those of an endpoint that is renamed. */
  names?: NewNames | undefined;
};

/** A rendered file that goes on at another path, and what is there. */
export type Moved = { from: string; there: string | undefined };

/** Whether both sides changed a file, so that only a merge can tell what becomes of it. */
export function isMerge({
  base,
  yours,
  generated,
}: Omit<FileVersions, 'generated'> & { generated: string | undefined }): boolean {
  return base !== undefined && yours !== undefined && yours !== base && generated !== base;
}

/** What becomes of one rendered file. */
export function planFile(
  { path, base, yours, generated }: FileVersions,
  options: FileOptions,
): FilePlan {
  if (base === undefined) return planNew(path, yours, generated, options.force);
  if (yours === undefined) return kept(path, deleted);
  if (isAnother(path, base, yours)) {
    return kept(path, 'nothing in it is generated, and it stays as it is');
  }
  const { content, merged } = merge({ base, yours, generated }, path, options);
  if (merged.status === 'conflict') {
    return conflict({ path, ...meeting('', merged), yours, generated });
  }
  if (content !== yours) return update(path, yours, content);
  if (merged.status === 'same') return { status: 'notice', notice: { kind: 'same', path } };
  return kept(path, 'it has your edits');
}

/** Whether a text for people shares no line with the generated one, apart from its title. */
function isAnother(path: string, base: string, yours: string): boolean {
  if (!path.endsWith('.md')) return false;
  const lines = (text: string) =>
    linesOf(text).filter((line) => /\S/.test(line) && !/^# /.test(line));
  const generated = new Set(lines(base));
  return !lines(yours).some((line) => generated.has(line));
}

/** What becomes of one that goes on at another path: your edits come along. */
export function planMoved(
  { path, base, yours, generated }: FileVersions,
  { from, there }: Moved,
  options: FileOptions,
): FilePlan[] {
  if (base === undefined) throw new Error(`${from} was not rendered before`);
  if (yours === undefined) return [kept(from, deleted)];
  if (there !== undefined && there !== generated && !options.force) return [taken(path)];
  const { content, merged } = merge({ base, yours, generated }, path, options);
  if (merged.status === 'conflict') {
    const move = { from, before: yours, there };
    const both = { yours: content, generated };
    return [conflict({ path, ...meeting(` of ${from}`, merged), ...both, move })];
  }
  const move = { from, before: yours, there };
  return moveFile(path, content, move).map((change) => ({ status: 'change', change }));
}

/** A text at the one path, and nothing where it was. */
export function moveFile(path: string, content: string, { from, before, there }: Move): Change[] {
  return [
    there === undefined
      ? { kind: 'create', path, content }
      : { kind: 'update', path, before: there, content },
    { kind: 'delete', path: from, before },
  ];
}

/** `content` is the outcome; where there is none, it is yours as far as it has new names. */
function merge(
  versions: Versions,
  path: string,
  { isSound, syntaxOf, names, layOut }: FileOptions,
) {
  const { base, yours, generated } = versions;
  if (base !== generated && isOnlyLaidOut(path, { base, yours }, layOut)) {
    const text = textLike(yours, linesOf(generated));
    return { merged: { status: 'replaced' as const, text }, content: text };
  }
  // Lines are told by their names only where they are laid out alike.
  const { layout } = syntaxOf(path);
  const laidAlike =
    names && layout && isReformatted(versions) ? inYourLayout(versions, layout) : undefined;
  const alike = laidAlike ?? versions;
  const followed = names === undefined ? versions : followNames(alike, names);
  const mergeWith = (mine: string) =>
    merge3(
      { ...followed, yours: mine },
      (text) => isSound(path, text, [mine, followed.generated]),
      syntaxOf(path),
    );
  const plain = mergeWith(followed.yours);
  const laid = layOut(path, followed.yours);
  const again = plain.status === 'conflict' && laid !== followed.yours ? mergeWith(laid) : plain;
  const merged = again.status === 'conflict' ? plain : again;
  const isMerged = merged.status === 'merged' || merged.status === 'replaced';
  if (!isMerged) return { merged, content: followed.yours };
  const before = merged === plain ? yours : laid;
  return { merged, content: keepLayout(layOut, { path, yours: before, text: merged.text }) };
}

/** Whether a file is as it was rendered, but not in the layout that the project has now. */
function isOnlyLaidOut(
  path: string,
  { base, yours }: { base: string | undefined; yours: string },
  layOut: LayOut,
): boolean {
  const laid = layOut(path, yours);
  return base !== undefined && laid !== yours && isSameText(laid, base);
}

function meeting(which: string, { text, count }: Extract<Merged, { status: 'conflict' }>) {
  const places = count === 1 ? 'one place' : `${count} places`;
  const message = `your edits${which} conflict with the generated changes in ${places}`;
  return { message, snippet: text };
}

const conflict = (found: Omit<Conflict, 'kind'>): FilePlan => ({
  status: 'notice',
  notice: { kind: 'conflict', ...found },
});

const deleted = 'you deleted it, and it stays deleted';

/** What becomes of a file that is rendered no longer: it goes, unless it has edits. */
export function planGone(
  { path, base, yours }: Omit<FileVersions, 'generated'>,
  layOut: LayOut,
): FilePlan[] {
  if (yours === undefined) return [];
  if (yours === base || isOnlyLaidOut(path, { base, yours }, layOut)) {
    return [{ status: 'change', change: { kind: 'delete', path, before: yours } }];
  }
  return [kept(path, 'it has your edits: delete it once nothing in it is needed')];
}

function planNew(
  path: string,
  yours: string | undefined,
  generated: string,
  force: boolean,
): FilePlan {
  if (yours === undefined) {
    return { status: 'change', change: { kind: 'create', path, content: generated } };
  }
  if (yours === generated) return { status: 'notice', notice: { kind: 'same', path } };
  if (force) return update(path, yours, generated);
  return taken(path);
}

function taken(path: string): FilePlan {
  const expected = 'Expected no such file: it is not one that gen made. --force replaces it.';
  return { status: 'refused', problem: { found: `${path} exists already.`, expected } };
}

function update(path: string, before: string, content: string): FilePlan {
  return { status: 'change', change: { kind: 'update', path, before, content } };
}

function kept(path: string, message: string): FilePlan {
  return { status: 'notice', notice: { kind: 'kept', path, message } };
}
