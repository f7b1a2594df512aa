import type { Change, Notice } from '../spec/change.ts';
import type { Problem } from '../spec/errors.ts';
import type { IsSound } from '../stacks/stack.ts';
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
};

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
  { force, isSound }: FileOptions,
): FilePlan {
  if (base === undefined) return planNew(path, yours, generated, force);
  if (yours === undefined) {
    return kept(path, 'you deleted it, and it stays deleted');
  }
  const merged = merge3({ base, yours, generated }, (text) =>
    isSound(path, text, [yours, generated]),
  );
  switch (merged.status) {
    case 'same':
      return { status: 'notice', notice: { kind: 'same', path } };
    case 'kept':
      return kept(path, 'it has your edits');
    case 'conflict': {
      const places = merged.count === 1 ? 'one place' : `${merged.count} places`;
      const message = `your edits and the generated ones meet in ${places}`;
      return {
        status: 'notice',
        notice: { kind: 'conflict', path, message, snippet: merged.text, yours, generated },
      };
    }
    default:
      return update(path, yours, merged.text);
  }
}

/** What becomes of a file that is rendered no longer: it goes, unless it has edits. */
export function planGone({ path, base, yours }: Omit<FileVersions, 'generated'>): FilePlan[] {
  if (yours === undefined) return [];
  if (yours === base)
    return [{ status: 'change', change: { kind: 'delete', path, before: yours } }];
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
  const expected = 'Expected no such file: it is not one that gen made. --force replaces it.';
  return { status: 'refused', problem: { found: `${path} exists already.`, expected } };
}

function update(path: string, before: string, content: string): FilePlan {
  return { status: 'change', change: { kind: 'update', path, before, content } };
}

function kept(path: string, message: string): FilePlan {
  return { status: 'notice', notice: { kind: 'kept', path, message } };
}
