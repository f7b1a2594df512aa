import type { Change, Notice } from '../manifest/change.ts';
import { UserError } from '../manifest/errors.ts';
import { hasMarkers } from '../manifest/markers.ts';
import type { RenderedFile, Stack } from '../stacks/stack.ts';
import type { NewNames } from './follow-names.ts';
import type { FilePlan } from './plan-file.ts';
import { isMerge, planFile, planGone, planMoved } from './plan-file.ts';
import { planSides } from './plan-sides.ts';
import type { ProjectFiles } from './project-files.ts';

/** One rendered file, before and after; undefined if it is not rendered. */
export type Versions = {
  path: string;
  base: string | undefined;
  generated: string | undefined;
  /** The bases of the same file on other branches that were merged. */
  others?: readonly (string | undefined)[];
  /** The current path of the file, if it is moved. */
  from?: string;
};

type Rendering = {
  stack: Stack;
  files: ProjectFiles;
  force: boolean;
  command: string;
  /** Those of an endpoint that is renamed. */
  names?: NewNames | undefined;
};

/** Pairs the files of two renderings by their paths. */
export function pairUp(before: RenderedFile[], after: RenderedFile[]): Versions[] {
  const [bases, generated] = [before, after].map(
    (files) => new Map(files.map(({ path, content }) => [path, content])),
  );
  const paths = new Set([...after, ...before].map(({ path }) => path));
  return [...paths].map((path) => ({
    path,
    base: bases?.get(path),
    generated: generated?.get(path),
  }));
}

/** Plans rendered files that differ; throws a UserError with all existing files of other origin. */
export async function planRendered(
  { stack, files, force, command, names }: Rendering,
  versions: Versions[],
): Promise<{ changes: Change[]; notices: Notice[] }> {
  const all = versions.map((each) => ({ ...each, yours: files.read(each.from ?? each.path) }));
  // The parser takes time to load, and only a merge needs it.
  const isMerged = ({ others = [], yours }: (typeof all)[number]) =>
    others.length > 0 || (yours !== undefined && hasMarkers(yours));
  const isSound = all.some((file) => isMerge(file) || isMerged(file))
    ? await stack.soundness()
    : () => true;
  const { layOut, syntaxOf } = stack;
  const options = { force, isSound, syntaxOf, names, layOut };
  const plans = all.flatMap((each): FilePlan[] => {
    const { generated, from, others = [], ...file } = each;
    if (from === undefined && isMerged(each)) {
      return planSides({ ...file, bases: [file.base, ...others], generated }, options);
    }
    if (generated === undefined) return planGone(file, layOut);
    if (from === undefined) return [planFile({ ...file, generated }, options)];
    return planMoved({ ...file, generated }, { from, there: files.read(file.path) }, options);
  });
  const problems = plans.flatMap((plan) => (plan.status === 'refused' ? [plan.problem] : []));
  if (problems.length > 0) throw new UserError(problems, `${command} --force`);
  return {
    changes: plans.flatMap((plan) => (plan.status === 'change' ? [plan.change] : [])),
    notices: plans.flatMap((plan) => (plan.status === 'notice' ? [plan.notice] : [])),
  };
}
