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
  /** What was generated before: the base of your edits. */
  base: string | undefined;
  yours: string | undefined;
  generated: string;
};

export type FilePlan =
  | { status: 'change'; change: Change }
  | { status: 'notice'; notice: Notice }
  | { status: 'refused'; problem: Problem };

export type FileOptions = {
  /** Replaces an existing file that was not generated. */
  force: boolean;
  /** Whether a merged text may be written; used for nothing else. */
  isSound: IsSound;
  syntaxOf: Stack['syntaxOf'];
  layOut: LayOut;
  /** Those of an endpoint that is renamed. */
  names?: NewNames | undefined;
};

/** A rendered file that is moved to another path, and what is there. */
export type Moved = { from: string; there: string | undefined };

/** Whether both sides changed a file, so that it has to be merged. */
export function isMerge({
  base,
  yours,
  generated,
}: Omit<FileVersions, 'generated'> & { generated: string | undefined }): boolean {
  return base !== undefined && yours !== undefined && yours !== base && generated !== base;
}

/** Plans one rendered file. */
export function planFile(
  { path, base, yours, generated }: FileVersions,
  options: FileOptions,
): FilePlan {
  if (base === undefined) return planNew(path, yours, generated, options.force);
  if (yours === undefined) return kept(path, deleted);
  if (isAnother(path, base, yours)) {
    return kept(path, 'it has none of the generated text, and is not changed');
  }
  const { content, merged } = merge({ base, yours, generated }, path, options);
  if (merged.status === 'conflict') {
    return conflict({ path, ...meeting('', merged), yours, generated });
  }
  if (content !== yours) return update(path, yours, content);
  if (merged.status === 'same') return { status: 'notice', notice: { kind: 'same', path } };
  return kept(path, 'it has your edits');
}

/** Whether a text for people has no line of the generated one, apart from the title. */
function isAnother(path: string, base: string, yours: string): boolean {
  if (!path.endsWith('.md')) return false;
  const lines = (text: string) =>
    linesOf(text).filter((line) => /\S/.test(line) && !/^# /.test(line));
  const generated = new Set(lines(base));
  return !lines(yours).some((line) => generated.has(line));
}

/** Plans a file that is moved to another path, with your edits. */
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

/** `content` is the result; in a conflict it is yours, with the new names where possible. */
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
  // Lines can be matched by their names only if both have the same layout.
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

/** Whether a file differs from the rendered one only by the layout of the project. */
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

const deleted = 'you deleted it, so it is not created again';

/** Plans a file that is not rendered any more: it is deleted, unless it has edits. */
export function planGone(
  { path, base, yours }: Omit<FileVersions, 'generated'>,
  layOut: LayOut,
): FilePlan[] {
  if (yours === undefined) return [];
  if (yours === base || isOnlyLaidOut(path, { base, yours }, layOut)) {
    return [{ status: 'change', change: { kind: 'delete', path, before: yours } }];
  }
  return [
    kept(path, 'it is not generated any more, but has your edits: delete it if you do not need it'),
  ];
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
  if (hasAllLines(yours, generated)) return kept(path, 'it has your edits');
  if (force) return update(path, yours, generated);
  return taken(path);
}

/** Whether a file only adds lines: it was generated, went out of `backend.json`, and comes back. */
function hasAllLines(yours: string, generated: string): boolean {
  const wanted = linesOf(generated);
  let found = 0;
  for (const line of linesOf(yours)) if (line === wanted[found]) found += 1;
  return found === wanted.length;
}

function taken(path: string): FilePlan {
  const expected =
    'Expected no such file, or one with all that is generated and lines of yours. --force replaces it.';
  return { status: 'refused', problem: { found: `${path} exists already.`, expected } };
}

function update(path: string, before: string, content: string): FilePlan {
  return { status: 'change', change: { kind: 'update', path, before, content } };
}

function kept(path: string, message: string): FilePlan {
  return { status: 'notice', notice: { kind: 'kept', path, message } };
}
