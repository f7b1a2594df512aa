import { hasMarkers, sidesOf } from '../spec/markers.ts';
import { merge3 } from './merge3.ts';
import type { FileOptions, FilePlan } from './plan-file.ts';
import { planFile, planGone } from './plan-file.ts';

/** A file of a project in which branches were merged, and what was generated on each of them. */
export type MergedFile = {
  path: string;
  bases: readonly (string | undefined)[];
  yours: string | undefined;
  generated: string | undefined;
};

type Outcome = { text: string; isOpen: boolean };

/**
 * What becomes of a rendered file after a merge of branches: each version of it is brought to what is
 * generated now, from what its own branch generated, and what people wrote on both is put together.
 */
export function planSides(file: MergedFile, options: FileOptions): FilePlan[] {
  const { path, bases, yours, generated } = file;
  const versions = versionsOf(file);
  if (yours === undefined || generated === undefined || versions.length === 0) {
    const base = bases.find((each) => each !== undefined);
    if (generated !== undefined) return [planFile({ path, base, yours, generated }, options)];
    const isAsMade = versions.every(({ base: made, text }) => made === text);
    return planGone({ path, base: isAsMade ? yours : base, yours });
  }
  const merge = (base: string, one: string, other: string): Outcome => {
    const merged = merge3({ base, yours: one, generated: other }, (text) =>
      options.isSound(path, text, [one, other]),
    );
    if (merged.status === 'same' || merged.status === 'kept') return { text: one, isOpen: false };
    return { text: merged.text, isOpen: merged.status === 'conflict' };
  };
  const { text, isOpen } = versions
    .map((version) => merge(version.base, version.text, generated))
    .reduce((one, other) => {
      if (one.isOpen || other.isOpen) return one.isOpen ? one : other;
      return merge(generated, one.text, other.text);
    });
  if (isOpen) {
    const snippet = hasMarkers(yours) ? yours : text;
    const message = 'the edits of the merged branches and the generated ones meet';
    const notice = { kind: 'conflict' as const, path, message, snippet, yours, generated };
    return [{ status: 'notice', notice }];
  }
  if (text === yours) return [{ status: 'notice', notice: { kind: 'same', path } }];
  return [{ status: 'change', change: { kind: 'update', path, before: yours, content: text } }];
}

/** Each version of the file with what was generated for it; one that git merged is both at once. */
function versionsOf({ bases, yours }: MergedFile): { base: string; text: string }[] {
  if (yours === undefined) return [];
  const texts = hasMarkers(yours) ? sidesOf(yours) : [yours];
  return Array.from({ length: Math.max(texts.length, bases.length) }, (_, at) => ({
    base: bases[Math.min(at, bases.length - 1)],
    text: texts[Math.min(at, texts.length - 1)],
  })).flatMap(({ base, text }) =>
    base === undefined || text === undefined ? [] : [{ base, text }],
  );
}
