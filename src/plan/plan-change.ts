import { isDeepStrictEqual } from 'node:util';
import type { Change, Notice, Plan } from '../spec/change.ts';
import { UserError } from '../spec/errors.ts';
import type { Lineage, Side } from '../spec/lock.ts';
import type { Manifest } from '../spec/manifest.ts';
import { hasMarkers } from '../spec/markers.ts';
import type { RenderedFile, Stack } from '../stacks/stack.ts';
import type { Affected } from './affected.ts';
import { answersOf, findAffected } from './affected.ts';
import type { FilePlan } from './plan-file.ts';
import { isMerge, planFile, planGone } from './plan-file.ts';
import { planLock, planManifest } from './plan-manifest.ts';
import type { SchemaChange } from './plan-migrations.ts';
import type { Sides } from './plan-schema.ts';
import { planSchema } from './plan-schema.ts';
import { planSecrets } from './plan-secrets.ts';
import { planShared } from './plan-shared.ts';
import type { MergedFile } from './plan-sides.ts';
import { planSides } from './plan-sides.ts';
import { planWiring, reviewWiring } from './plan-wiring.ts';
import type { ProjectFiles } from './project-files.ts';
import { combine, withChanges } from './project-files.ts';

export type ProjectChange = SchemaChange & {
  /** The endpoint that the command names: it is reported on even where nothing changes. */
  about?: string;
  /** The migrations of what was applied, and what other branches applied that were merged since. */
  lineage?: Lineage;
  others?: readonly Side[];
  /** A random text that nobody can guess, another one at each call. */
  newSecret: () => string;
  /** The version of this tool. */
  version: string;
};

type MergedVersions = Omit<MergedFile, 'yours'>;
type Versions = { path: string; base: string | undefined; generated: string | undefined };

/**
 * The file changes between the manifest whose code the project has and another: rendered files are
 * merged, shared files wired and unwired, and what the database needs becomes new migrations. Throws
 * a UserError with every file that is in the way, and where rows could lose data.
 */
export async function planChange(change: ProjectChange): Promise<Plan> {
  const { before, after, stack, files, about, version } = change;
  const sides = sidesOf(change);
  const affected = findAffectedOf(sides, after);
  const plurals = [...new Set([...affected.added, ...affected.changed, ...affected.removed])];
  const schema = planSchema({ ...change, sides, plurals });
  const secrets = planSecrets(change);
  const rendered = await planFiles(change, [
    ...projectVersions(stack, sides, after),
    ...plurals.flatMap((plural) => endpointVersions(stack, sides, after, plural)),
    ...(about === undefined || plurals.includes(about)
      ? []
      : stack.renderEndpoint(after, about).map(unchanged)),
  ]);
  const settled = await planShared({ sides, after, stack, files });
  const wired = await planWired(
    change,
    affected,
    withChanges(files, [...rendered.changes, ...settled.changes]),
  );
  const changes = combine([
    ...schema.changes,
    ...secrets.changes,
    ...rendered.changes,
    ...settled.changes,
    ...wired.changes,
  ]);
  return {
    changes: [
      ...planManifest(before, after, files),
      ...planLock(version, { manifest: after, lineage: schema.lineage }, files),
      ...changes,
    ],
    steps: [],
    notices: [
      ...schema.notices,
      ...secrets.notices,
      ...rendered.notices,
      ...settled.notices,
      ...wired.notices,
    ],
  };
}

const sidesOf = ({ before, lineage = {}, others = [] }: ProjectChange): Sides => [
  { manifest: before, lineage },
  ...others,
];

/** What differs between any of the sides and what is to be. */
function findAffectedOf(sides: Sides, after: Manifest): Affected {
  const all = sides.map(({ manifest }) => findAffected(manifest, after));
  const inAny = (kind: keyof Affected) => [...new Set(all.flatMap((each) => each[kind]))];
  return { added: inAny('added'), changed: inAny('changed'), removed: inAny('removed') };
}

function projectVersions(stack: Stack, sides: Sides, after: Manifest): MergedVersions[] {
  const isSame = ({ manifest }: Side) => isDeepStrictEqual(answersOf(manifest), answersOf(after));
  if (sides.every(isSame)) return [];
  // Which tool the project depends on stays as it is: the same on both sides, so nothing to merge.
  return versionsOf(sides, after, (manifest) => stack.renderProject(manifest, '*'));
}

function endpointVersions(
  stack: Stack,
  sides: Sides,
  after: Manifest,
  plural: string,
): MergedVersions[] {
  return versionsOf(sides, after, (manifest) =>
    Object.hasOwn(manifest.endpoints, plural) ? stack.renderEndpoint(manifest, plural) : [],
  );
}

/** What each side has at each path, where any differs from what is generated now. */
function versionsOf(
  sides: Sides,
  after: Manifest,
  render: (manifest: Manifest) => RenderedFile[],
): MergedVersions[] {
  const generated = render(after);
  const pairs = sides.map(({ manifest }) => pairUp(render(manifest), generated));
  const paths = new Set(pairs.flatMap((each) => each.map(({ path }) => path)));
  return [...paths]
    .map((path) => {
      const each = pairs.map((pair) => pair.find((file) => file.path === path));
      const bases = each.map((file) => file?.base);
      return { path, bases, generated: each.find((file) => file?.generated)?.generated };
    })
    .filter((file) => file.bases.some((base) => base !== file.generated));
}

const unchanged = ({ path, content }: RenderedFile): MergedVersions => ({
  path,
  bases: [content],
  generated: content,
});

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
export function planRendered(
  change: Pick<ProjectChange, 'stack' | 'files' | 'force' | 'command'>,
  versions: Versions[],
): Promise<{ changes: Change[]; notices: Notice[] }> {
  return planFiles(
    change,
    versions.map(({ base, ...file }) => ({ ...file, bases: [base] })),
  );
}

async function planFiles(
  { stack, files, force, command }: Pick<ProjectChange, 'stack' | 'files' | 'force' | 'command'>,
  versions: MergedVersions[],
): Promise<{ changes: Change[]; notices: Notice[] }> {
  const all = versions.map((each) => ({ ...each, yours: files.read(each.path) }));
  const isAnyMerged = all.some(({ bases, ...file }) =>
    bases.some((base) => isMerge({ ...file, base })),
  );
  // Only a merge needs a parser, which takes time to load.
  const isSound = isAnyMerged ? await stack.soundness() : () => true;
  const plans = all.flatMap(({ generated, ...file }): FilePlan[] => {
    const { path, bases, yours } = file;
    if (bases.length > 1 || (yours !== undefined && hasMarkers(yours))) {
      return planSides({ ...file, generated }, { force, isSound });
    }
    const [base] = bases;
    if (generated === undefined) return planGone({ path, base, yours });
    return [planFile({ path, base, yours, generated }, { force, isSound })];
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
