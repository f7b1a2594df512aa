import type { Change, Notice, Plan } from '../spec/change.ts';
import { UserError } from '../spec/errors.ts';
import type { Manifest } from '../spec/manifest.ts';
import { formatManifest, parseManifest } from '../spec/manifest.ts';
import type { RenderedFile, Stack } from '../stacks/stack.ts';
import { merge3 } from './merge3.ts';
import { nextTimestamp } from './migration-time.ts';
import { isMerge, planFile } from './plan-file.ts';
import { planWiring, reviewWiring } from './plan-wiring.ts';
import type { ProjectFiles } from './project-files.ts';

export type EndpointChange = {
  before: Manifest;
  after: Manifest;
  /** The endpoint that the command is about. */
  plural: string;
  stack: Stack;
  files: ProjectFiles;
  clock: Date;
  /** Takes files that are there but are not ours. */
  force: boolean;
  /** The command as it was typed, to be repeated. */
  command: string;
};

/**
 * The file changes between two manifests that differ in one endpoint at most: its files are merged,
 * and where it is new, the shared files are wired and its table gets a migration. Throws a UserError
 * with every file that is in the way.
 */
export async function planEndpoint(change: EndpointChange): Promise<Plan> {
  const { before, after, plural, stack, files } = change;
  const isNew = before.endpoints[plural] === undefined;
  const rendered = await planRendered(change, isNew ? [] : stack.renderEndpoint(before, plural));
  if (!isNew) {
    const reviewed = await reviewWiring(stack.wirings(after, plural), files);
    return { changes: rendered.changes, steps: [], notices: [...rendered.notices, ...reviewed] };
  }

  const wired = await planWiring(stack.wirings(after, plural), files);
  const migrations = files.list(stack.migrations);
  const timestamp = nextTimestamp(migrations, change.clock);
  const creation = stack.renderCreation(after, plural, timestamp);
  const changes: Change[] = [
    ...planManifest(change),
    { kind: 'create', ...creation },
    ...rendered.changes,
    ...wired.changes,
  ];
  return { changes, steps: [], notices: [...rendered.notices, ...wired.notices] };
}

async function planRendered(
  { after, plural, stack, files, force, command }: EndpointChange,
  bases: RenderedFile[],
): Promise<{ changes: Change[]; notices: Notice[] }> {
  const versions = stack.renderEndpoint(after, plural).map(({ path, content }) => {
    const base = bases.find((file) => file.path === path)?.content;
    return { path, base, yours: files.read(path), generated: content };
  });
  // Only a merge needs the TypeScript compiler.
  const { isSoundFile } = versions.some(isMerge)
    ? await import('../wire/sound.ts')
    : { isSoundFile: () => true };
  const plans = versions.map((each) => planFile(each, { force, isSound: isSoundFile }));
  const problems = plans.flatMap((plan) => (plan.status === 'refused' ? [plan.problem] : []));
  if (problems.length > 0) throw new UserError(problems, `${command} --force`);
  return {
    changes: plans.flatMap((plan) => (plan.status === 'change' ? [plan.change] : [])),
    notices: plans.flatMap((plan) => (plan.status === 'notice' ? [plan.notice] : [])),
  };
}

/** Your way of writing backend.json stays, unless it hides what the manifest says. */
function planManifest({ before, after, files }: EndpointChange): Change[] {
  const path = 'backend.json';
  const yours = files.read(path);
  const generated = formatManifest(after);
  if (yours === undefined) return [{ kind: 'create', path, content: generated }];
  const base = formatManifest(before);
  if (yours === base) return [{ kind: 'update', path, before: yours, content: generated }];
  const merged = merge3({ base, yours, generated }, (text) => isManifest(text, after));
  const content = 'text' in merged && merged.status !== 'conflict' ? merged.text : generated;
  return [{ kind: 'update', path, before: yours, content }];
}

function isManifest(text: string, manifest: Manifest): boolean {
  try {
    return formatManifest(parseManifest(text, 'backend.json')) === formatManifest(manifest);
  } catch {
    return false;
  }
}
