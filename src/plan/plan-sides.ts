import { hasMarkers, sidesOf } from '../manifest/markers.ts';
import { keepLayout } from './keep-layout.ts';
import { commonEdits } from './merge-common.ts';
import { linesOf, textLike } from './merge-text.ts';
import { merge3 } from './merge3.ts';
import type { FileOptions, FilePlan } from './plan-file.ts';
import { planFile, planGone } from './plan-file.ts';
import { isUntouched } from './untouched.ts';

/** A file of a project after a merge of branches, and what was generated on each of them. */
export type MergedFile = {
  path: string;
  bases: readonly (string | undefined)[];
  yours: string | undefined;
  generated: string | undefined;
};

type Outcome = { text: string; isOpen: boolean };

/**
 * Plans a rendered file after a merge of branches: each version of it is merged with what is generated
 * now, and the edits of both branches are combined.
 */
export function planSides(file: MergedFile, options: FileOptions): FilePlan[] {
  const { path, bases, yours, generated } = file;
  const known = bases.filter((base) => base !== undefined);
  if (yours === undefined || generated === undefined || known.length === 0) {
    const [base] = known;
    if (generated !== undefined) return [planFile({ path, base, yours, generated }, options)];
    const isAsMade = versionsIn(yours).every((text, at) => text === (bases[at] ?? bases.at(-1)));
    return planGone({ path, base: isAsMade ? yours : base, yours }, options.layOut);
  }
  const merge = (base: string, one: string, other: string): Outcome => {
    const isSound = (text: string) => options.isSound(path, text, [one, other]);
    const versions = { base, yours: one, generated: other };
    const merged = merge3(versions, isSound, options.syntaxOf(path));
    if (merged.status === 'same' || merged.status === 'kept') return { text: one, isOpen: false };
    return { text: merged.text, isOpen: merged.status === 'conflict' };
  };
  const versions = versionsIn(yours);
  const merged = versions
    .map((version, at) => {
      const own = bases[at] ?? known[0] ?? '';
      const merges = [own, ...known.filter((base) => base !== own)]
        .map((base) => merge(base, version, generated))
        .filter((outcome, index) => index === 0 || !outcome.isOpen);
      return merges.reduce((one, other) => withoutCarried(one, other, generated));
    })
    .reduce((one, other) => {
      if (one.isOpen || other.isOpen) return one.isOpen ? one : other;
      return merge(generated, one.text, other.text);
    });
  // What git merged without a conflict may be unsound: that is nobody's edit.
  const isSound = (text: string) => options.isSound(path, text, [], [generated, ...known]);
  const isClash = merged.isOpen || !isSound(merged.text);
  const isOurs = isClash && isUntouched({ versions, bases: known, generated }, isSound);
  const text = isOurs ? textLike(versions[0] ?? yours, linesOf(generated)) : merged.text;
  if (isClash && !isOurs) {
    const snippet = hasMarkers(yours) ? yours : text;
    const message = 'the edits of the merged branches conflict with the generated changes';
    const notice = { kind: 'conflict' as const, path, message, snippet, yours, generated };
    return [{ status: 'notice', notice }];
  }
  if (text === yours) return [{ status: 'notice', notice: { kind: 'same', path } }];
  const [version = yours] = versions;
  const content = keepLayout(options.layOut, { path, yours: version, text });
  return [{ status: 'change', change: { kind: 'update', path, before: yours, content } }];
}

/** Git may have merged lines of the other branch into a version: against its own base they look like edits. */
function withoutCarried(one: Outcome, other: Outcome, generated: string): Outcome {
  if (one.isOpen) return other;
  const text = commonEdits(generated, one.text, other.text);
  return text === undefined ? one : { text, isOpen: false };
}

/** The versions of a file after git: two with conflict markers, or one that it merged. */
function versionsIn(yours: string | undefined): string[] {
  if (yours === undefined) return [];
  return hasMarkers(yours) ? sidesOf(yours) : [yours];
}
