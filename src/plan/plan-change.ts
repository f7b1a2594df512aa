import { isDeepStrictEqual } from 'node:util';
import type { Change, Notice, Plan } from '../spec/change.ts';
import type { Manifest } from '../spec/manifest.ts';
import { resourceNames } from '../spec/names.ts';
import type { RenderedFile, Stack } from '../stacks/stack.ts';
import type { Affected } from './affected.ts';
import { answersOf, findAffected } from './affected.ts';
import { goneNames } from './gone-names.ts';
import { findMentions } from './mentions.ts';
import { planLock, planManifest } from './plan-manifest.ts';
import type { SchemaChange } from './plan-migrations.ts';
import { planMigrations } from './plan-migrations.ts';
import { planOwnFiles } from './plan-own-files.ts';
import type { Versions } from './plan-rendered.ts';
import { pairUp, planRendered } from './plan-rendered.ts';
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

/**
 * The file changes between the manifest whose code the project has and another: rendered files are
 * merged, shared files wired and unwired, and what the database needs becomes new migrations. Throws
 * a UserError with every file that is in the way, and where rows could lose data.
 */
export async function planChange(change: ProjectChange): Promise<Plan> {
  const { before, after, stack, files, about, version } = change;
  const affected = findAffected(before, after, change.renames);
  const schema = planMigrations(change, affected);
  const secrets = planSecrets(change);
  const plurals = new Set([...affected.added, ...affected.changed, ...affected.removed]);
  const versions = [
    ...projectVersions(stack, before, after),
    ...[...plurals].flatMap((plural) => endpointVersions(change, plural)),
    ...(about === undefined || plurals.has(about)
      ? []
      : stack.renderEndpoint(after, about).map(unchanged)),
  ];
  const names = newNames(change);
  const rendered = await planRendered({ ...change, names }, versions);
  const own = planOwnFiles(files, versions);
  const wired = await planWired(change, affected, withChanges(files, rendered.changes));
  const changes = combine([
    ...schema.changes,
    ...secrets.changes,
    ...rendered.changes,
    ...own.changes,
    ...wired.changes,
  ]);
  const isApplied = isDeepStrictEqual(before, after);
  const mentions = findMentions(
    goneNames(change, affected, versions),
    { stack, after, files: withChanges(files, changes) },
    toldOtherwise(versions, rendered.notices),
  );
  return {
    changes: [
      ...planManifest(before, after, files),
      ...(isApplied ? [] : planLock({ version, applied: after }, files)),
      ...changes,
    ],
    steps: [],
    notices: [
      ...schema.notices,
      ...secrets.notices,
      ...rendered.notices,
      ...own.notices,
      ...wired.notices,
      ...mentions,
    ],
  };
}

/** Files that stay though they are generated no longer, and those that are to be settled first. */
function toldOtherwise(versions: readonly Versions[], notices: readonly Notice[]): Set<string> {
  const gone = versions.flatMap(({ path, generated }) => (generated === undefined ? [path] : []));
  const open = notices.flatMap((notice) =>
    notice.kind === 'conflict' ? [notice.path, notice.move?.from ?? notice.path] : [],
  );
  return new Set([...gone, ...open]);
}

function projectVersions(stack: Stack, before: Manifest, after: Manifest): Versions[] {
  if (isDeepStrictEqual(answersOf(before), answersOf(after))) return [];
  // Which tool the project depends on stays as it is: the same on both sides, so nothing to merge.
  const render = (manifest: Manifest) => stack.renderProject(manifest, '*');
  return pairUp(render(before), render(after)).filter(isDifferent);
}

function endpointVersions(
  { stack, before, after, renames: { endpoint: rename } }: ProjectChange,
  plural: string,
): Versions[] {
  const render = (manifest: Manifest, name: string) =>
    Object.hasOwn(manifest.endpoints, name) ? stack.renderEndpoint(manifest, name) : [];
  const generated = render(after, plural);
  if (plural !== rename?.to) return pairUp(render(before, plural), generated).filter(isDifferent);
  const bases = render(before, rename.from);
  return generated.map(({ path, content }, at) => {
    const { path: from = path, content: base } = bases[at] ?? {};
    return { path, base, generated: content, ...(from !== path && { from }) };
  });
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

const isDifferent = ({ base, generated }: Versions) => base !== generated;

async function planWired(
  { before, after, stack, about, renames: { endpoint: rename } }: ProjectChange,
  { added, changed, removed }: Affected,
  files: ProjectFiles,
): Promise<{ changes: Change[]; notices: Notice[] }> {
  const gone = removed.flatMap((plural) => stack.wirings(before, plural));
  const renamed = rename ? stack.renamings(before, after, rename) : [];
  const wired = added.flatMap((plural) => stack.wirings(after, plural));
  const isOld = about !== undefined && [before, after].every(({ endpoints }) => about in endpoints);
  const isSame = isOld && !changed.includes(about);
  const reviews = isSame ? await reviewWiring(stack.wirings(after, about), files) : [];
  const { changes, notices } = await planWiring({ renamed, gone, added: wired }, files);
  return { changes, notices: [...notices, ...reviews] };
}
