import { isDeepStrictEqual } from 'node:util';
import type { Change, Notice, Plan } from '../manifest/change.ts';
import type { Lineage, Side } from '../manifest/lock.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { resourceNames } from '../manifest/names.ts';
import type { RenderedFile, Stack, Wiring } from '../stacks/stack.ts';
import type { Affected } from './affected.ts';
import { answersOfProject, findAffected, withoutAccounts } from './affected.ts';
import { findDangling } from './dangling.ts';
import { deletionNotices } from './deletions.ts';
import { goneNames } from './gone-names.ts';
import { keepLayout } from './keep-layout.ts';
import { findMentions } from './mentions.ts';
import { followMergedRenames } from './merged-renames.ts';
import { partNotices } from './part-notices.ts';
import { planLock, planManifest } from './plan-manifest.ts';
import type { SchemaChange } from './plan-migrations.ts';
import { planOwnFiles } from './plan-own-files.ts';
import { pairUp, planRendered, type Versions } from './plan-rendered.ts';
import { planSchema, type Sides } from './plan-schema.ts';
import { planSecrets } from './plan-secrets.ts';
import { planSections } from './plan-sections.ts';
import { planShared } from './plan-shared.ts';
import { planWiring, reviewWiring } from './plan-wiring.ts';
import type { ProjectFiles } from './project-files.ts';
import { combine, withChanges } from './project-files.ts';
import { versionNotices } from './version-notices.ts';
import { withWirings } from './wired-versions.ts';

export type ProjectChange = SchemaChange & {
  /** The endpoint that the command names: it is reported on even if nothing changes. */
  about?: string;
  /** The migrations of what was applied, and the sides of branches that were merged since. */
  lineage?: Lineage;
  others?: readonly Side[];
  /** A random text that nobody can guess, another one at each call. */
  newSecret: () => string;
  /** The version of this tool. */
  version: string;
};

/**
 * The file changes between the applied manifest and another: rendered files are merged, shared files
 * wired and unwired, and the database changed by new migrations. Throws a UserError with every file
 * that exists already and was not generated, and for changes that lose data.
 */
export async function planChange(asked: ProjectChange): Promise<Plan> {
  const change = followMerged(asked);
  const { after, stack, files, about, version } = change;
  const sides = sidesOf(change);
  const affected = findAffectedOf(sides, change);
  const plurals = [...new Set([...affected.added, ...affected.changed, ...affected.removed])];
  const schema = planSchema({ ...change, sides, plurals });
  const secrets = planSecrets(change);
  const versions = [
    ...(await withWirings(projectVersions(sides, change), change)),
    ...plurals.flatMap((plural) => endpointVersions(sides, change, plural)),
    ...(about === undefined || plurals.includes(about)
      ? []
      : stack.renderEndpoint(after, about).map(unchanged)),
  ];
  const names = newNames(change);
  const rendered = await planRendered({ ...change, names }, versions);
  const own = planOwnFiles(files, versions);
  const settled = await planShared({ sides, after, stack, files });
  const written = withChanges(files, [...rendered.changes, ...settled.changes]);
  const left = [
    ...leftNames(sidesOf(asked), change, affected),
    ...(await findDangling({ after, stack, files: written })),
  ];
  const others = withoutAccounts(affected, change);
  const wired = await planWired(change, { ...others, removed: affected.removed }, written, left);
  const sections = planSections(after, stack, withChanges(files, rendered.changes));
  const changes = combine([
    ...schema.changes,
    ...secrets.changes,
    ...rendered.changes,
    ...own.changes,
    ...settled.changes,
    ...wired.changes,
    ...sections,
  ]);
  const mentions = findMentions(
    goneNames(change, others, versions),
    { stack, after, files: withChanges(files, changes) },
    toldOtherwise(versions, rendered.notices),
  );
  return {
    changes: [
      ...planManifest(change, files),
      ...planLock(version, { manifest: after, lineage: schema.lineage }, files),
      ...changes,
    ],
    steps: [],
    notices: [
      ...schema.notices,
      ...deletionNotices(change),
      ...partNotices(change),
      ...versionNotices(change),
      ...secrets.notices,
      ...rendered.notices,
      ...own.notices,
      ...settled.notices,
      ...wired.notices,
      ...mentions,
    ],
  };
}

/** Files that are not generated any more but stay, and files with conflicts. */
function toldOtherwise(versions: readonly Versions[], notices: readonly Notice[]): Set<string> {
  const gone = versions.flatMap(({ path, generated }) => (generated === undefined ? [path] : []));
  const open = notices.flatMap((notice) =>
    notice.kind === 'conflict' ? [notice.path, notice.move?.from ?? notice.path] : [],
  );
  return new Set([...gone, ...open]);
}

const sidesOf = ({ before, lineage = {}, others = [] }: ProjectChange): Sides => [
  { manifest: before, lineage },
  ...others,
];

/** The change, with endpoints that one branch of a merge renamed under their new names on both. */
function followMerged(change: ProjectChange): ProjectChange {
  const sides = sidesOf(change);
  const [first, ...others] = followMergedRenames({ ...change, sides });
  if (first === sides[0]) return change;
  return { ...change, before: first.manifest, lineage: first.lineage, others };
}

/**
 * The wiring of endpoints that were renamed on one branch of a merge: git keeps the lines of both
 * branches, and so may have brought it back.
 */
function leftNames(
  asked: Sides,
  { after, stack, renames }: ProjectChange,
  { removed }: Affected,
): Wiring[] {
  const gone = new Map(
    asked.flatMap(({ manifest }) =>
      Object.keys(manifest.endpoints).map((plural) => [plural, manifest] as const),
    ),
  );
  const known = new Set([...Object.keys(after.endpoints), ...removed, renames.endpoint?.from]);
  return [...gone].flatMap(([plural, manifest]) =>
    known.has(plural) ? [] : stack.wirings(manifest, plural),
  );
}

/** What differs between any of the sides and the new manifest. */
function findAffectedOf(sides: Sides, { after, renames }: ProjectChange): Affected {
  const all = sides.map(({ manifest }) => findAffected(manifest, after, renames));
  const inAny = (kind: keyof Affected) => [...new Set(all.flatMap((each) => each[kind]))];
  return { added: inAny('added'), changed: inAny('changed'), removed: inAny('removed') };
}

function projectVersions(sides: Sides, { stack, after }: ProjectChange): Versions[] {
  const followed = answersOfProject(after);
  const isSame = ({ manifest }: Side) => isDeepStrictEqual(answersOfProject(manifest), followed);
  if (sides.every(isSame)) return [];
  // The version of this tool does not change: it is the same on both sides, so nothing to merge.
  // Migrations are added and never changed, so they are planned with the schema.
  const isMerged = ({ path }: RenderedFile) => !path.startsWith(`${stack.migrations}/`);
  return versionsOf(sides, after, (manifest) =>
    stack.renderProject(manifest, '*').filter(isMerged),
  );
}

function endpointVersions(
  sides: Sides,
  { stack, before, after, renames: { endpoint: rename } }: ProjectChange,
  plural: string,
): Versions[] {
  const render = (manifest: Manifest, name: string) =>
    Object.hasOwn(manifest.endpoints, name) ? stack.renderEndpoint(manifest, name) : [];
  if (plural !== rename?.to) return versionsOf(sides, after, (each) => render(each, plural));
  const bases = render(before, rename.from);
  return render(after, plural).map(({ path, content }, at) => {
    const { path: from = path, content: base } = bases[at] ?? {};
    return { path, base, generated: content, ...(from !== path && { from }) };
  });
}

/** What each side has at each path, if any differs from what is generated now. */
function versionsOf(
  [first, ...rest]: Sides,
  after: Manifest,
  render: (manifest: Manifest) => RenderedFile[],
): Versions[] {
  const generated = render(after);
  const others = rest.map(
    ({ manifest }) => new Map(render(manifest).map(({ path, content }) => [path, content])),
  );
  const pairs = pairUp(render(first.manifest), generated);
  const known = new Set(pairs.map(({ path }) => path));
  const gone = others.flatMap((files) => [...files.keys()].filter((path) => !known.has(path)));
  const nowhere = [...new Set(gone)].map((path) => ({
    path,
    base: undefined,
    generated: undefined,
  }));
  return [...pairs, ...nowhere]
    .map((pair) => ({ ...pair, others: others.map((files) => files.get(pair.path)) }))
    .filter(({ base, others: bases, ...pair }) =>
      [base, ...bases].some((each) => each !== pair.generated),
    );
}

function newNames({ before, after, renames: { endpoint: rename } }: ProjectChange) {
  if (rename === undefined) return undefined;
  const { from, to } = rename;
  return {
    before: resourceNames(from, before.endpoints[from]?.singular),
    after: resourceNames(to, after.endpoints[to]?.singular),
  };
}

const unchanged = ({ path, content }: RenderedFile): Versions => ({
  path,
  base: content,
  generated: content,
});

async function planWired(
  { before, after, stack, about, renames: { endpoint: rename } }: ProjectChange,
  { added, changed, removed }: Affected,
  files: ProjectFiles,
  left: readonly Wiring[],
): Promise<{ changes: Change[]; notices: Notice[] }> {
  const gone = [...removed.flatMap((plural) => stack.wirings(before, plural)), ...left];
  const renamed = rename ? stack.renamings(before, after, rename) : [];
  const wired = added.flatMap((plural) => stack.wirings(after, plural));
  const isOld = about !== undefined && [before, after].every(({ endpoints }) => about in endpoints);
  const isSame = isOld && !changed.includes(about);
  const reviews = isSame ? await reviewWiring(stack.wirings(after, about), files) : [];
  const { changes, notices } = await planWiring({ renamed, gone, added: wired }, files);
  return {
    changes: changes.map((change) => laidOut(change, stack)),
    notices: [...notices, ...reviews],
  };
}

function laidOut(change: Change, { layOut }: Stack): Change {
  if (change.kind !== 'update') return change;
  const { path, before: yours, content: text } = change;
  return { ...change, content: keepLayout(layOut, { path, yours, text }) };
}
