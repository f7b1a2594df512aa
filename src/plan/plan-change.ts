import { isDeepStrictEqual } from 'node:util';
import type { Change, Notice, Plan } from '../spec/change.ts';
import { UserError } from '../spec/errors.ts';
import type { Manifest } from '../spec/manifest.ts';
import type { RenderedFile, Stack } from '../stacks/stack.ts';
import type { Affected } from './affected.ts';
import { answersOf, findAffected } from './affected.ts';
import type { FilePlan } from './plan-file.ts';
import { isMerge, planFile, planGone } from './plan-file.ts';
import { planLock, planManifest } from './plan-manifest.ts';
import type { SchemaChange } from './plan-migrations.ts';
import { planMigrations } from './plan-migrations.ts';
import { planSecrets } from './plan-secrets.ts';
import { planWiring, reviewWiring } from './plan-wiring.ts';
import type { ProjectFiles } from './project-files.ts';
import { combine, withChanges } from './project-files.ts';

export type ProjectChange = SchemaChange & {
  /** The endpoint that the command names: it is reported on even where nothing changes. */
  about?: string;
  /** A random text that nobody can guess, another one at each call. */
  newSecret: () => string;
  /** The version of this tool. */
  version: string;
};

type Versions = { path: string; base: string | undefined; generated: string | undefined };

/**
 * The file changes between the manifest whose code the project has and another: rendered files are
 * merged, shared files wired and unwired, and what the database needs becomes new migrations. Throws
 * a UserError with every file that is in the way, and where rows could lose data.
 */
export async function planChange(change: ProjectChange): Promise<Plan> {
  const { before, after, stack, files, about, version } = change;
  const affected = findAffected(before, after);
  const schema = planMigrations(change, affected);
  const secrets = planSecrets(change);
  const plurals = new Set([...affected.added, ...affected.changed, ...affected.removed]);
  const rendered = await planRendered(change, [
    ...projectVersions(stack, before, after),
    ...[...plurals].flatMap((plural) => endpointVersions(stack, before, after, plural)),
    ...(about === undefined || plurals.has(about)
      ? []
      : stack.renderEndpoint(after, about).map(unchanged)),
  ]);
  const wired = await planWired(change, affected, withChanges(files, rendered.changes));
  const changes = combine([
    ...schema.changes,
    ...secrets.changes,
    ...rendered.changes,
    ...wired.changes,
  ]);
  const isApplied = isDeepStrictEqual(before, after);
  return {
    changes: [
      ...planManifest(before, after, files),
      ...(isApplied ? [] : planLock({ version, applied: after }, files)),
      ...changes,
    ],
    steps: [],
    notices: [...schema.notices, ...secrets.notices, ...rendered.notices, ...wired.notices],
  };
}

function projectVersions(stack: Stack, before: Manifest, after: Manifest): Versions[] {
  if (isDeepStrictEqual(answersOf(before), answersOf(after))) return [];
  // Which tool the project depends on stays as it is: the same on both sides, so nothing to merge.
  const render = (manifest: Manifest) => stack.renderProject(manifest, '*');
  return pairUp(render(before), render(after)).filter(isDifferent);
}

function endpointVersions(
  stack: Stack,
  before: Manifest,
  after: Manifest,
  plural: string,
): Versions[] {
  const render = (manifest: Manifest) =>
    Object.hasOwn(manifest.endpoints, plural) ? stack.renderEndpoint(manifest, plural) : [];
  return pairUp(render(before), render(after)).filter(isDifferent);
}

const unchanged = ({ path, content }: RenderedFile): Versions => ({
  path,
  base: content,
  generated: content,
});

const isDifferent = ({ base, generated }: Versions) => base !== generated;

/** What two renderings have at each path. */
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

/** What becomes of rendered files that differ; throws a UserError with all that are in the way. */
export async function planRendered(
  { stack, files, force, command }: Pick<ProjectChange, 'stack' | 'files' | 'force' | 'command'>,
  versions: Versions[],
): Promise<{ changes: Change[]; notices: Notice[] }> {
  const all = versions.map((each) => ({ ...each, yours: files.read(each.path) }));
  // Only a merge needs a parser, which takes time to load.
  const isSound = all.some(isMerge) ? await stack.soundness() : () => true;
  const plans = all.flatMap(({ generated, ...file }): FilePlan[] => {
    if (generated === undefined) return planGone(file);
    return [planFile({ ...file, generated }, { force, isSound })];
  });
  const problems = plans.flatMap((plan) => (plan.status === 'refused' ? [plan.problem] : []));
  if (problems.length > 0) throw new UserError(problems, `${command} --force`);
  return {
    changes: plans.flatMap((plan) => (plan.status === 'change' ? [plan.change] : [])),
    notices: plans.flatMap((plan) => (plan.status === 'notice' ? [plan.notice] : [])),
  };
}

async function planWired(
  { before, after, stack, about }: ProjectChange,
  { added, changed, removed }: Affected,
  files: ProjectFiles,
): Promise<{ changes: Change[]; notices: Notice[] }> {
  const gone = removed.flatMap((plural) => stack.wirings(before, plural));
  const wired = added.flatMap((plural) => stack.wirings(after, plural));
  const isOld = about !== undefined && [before, after].every(({ endpoints }) => about in endpoints);
  const isSame = isOld && !changed.includes(about);
  const reviews = isSame ? await reviewWiring(stack.wirings(after, about), files) : [];
  const { changes, notices } = await planWiring({ gone, added: wired }, files);
  return { changes, notices: [...notices, ...reviews] };
}
