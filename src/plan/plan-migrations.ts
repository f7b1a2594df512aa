import type { Change, Notice } from '../spec/change.ts';
import type { Problem } from '../spec/errors.ts';
import { UserError } from '../spec/errors.ts';
import type { Endpoint, Manifest } from '../spec/manifest.ts';
import { addEndpoint } from '../spec/manifest.ts';
import type { Renames } from '../spec/renames.ts';
import { renamesOf } from '../spec/renames.ts';
import type { RenderedFile, Stack } from '../stacks/stack.ts';
import type { Affected } from './affected.ts';
import { orderTables } from './affected.ts';
import { nextTimestamp } from './migration-time.ts';
import type { ProjectFiles } from './project-files.ts';

export type SchemaChange = {
  before: Manifest;
  after: Manifest;
  renames: Renames;
  stack: Stack;
  files: ProjectFiles;
  clock: Date;
  /** Goes on where rows could lose data. */
  force: boolean;
  command: string;
};

/** One migration, made when its turn in time is known; undefined where the database stays. */
type Draft = (timestamp: string) => RenderedFile | undefined;

/**
 * The migrations that bring the database from one manifest to the other, in an order that works.
 * Throws a UserError where rows could lose data, unless it is forced.
 */
export function planMigrations(
  change: SchemaChange,
  affected: Affected,
): { changes: Change[]; notices: Notice[] } {
  const { stack, files, clock } = change;
  const names = files.list(stack.migrations);
  const changes: Change[] = [];
  const risks = affected.changed.flatMap((plural) => {
    const renames = renamesOf(change.renames, plural);
    return stack.risksOf({ before: change.before, after: change.after, plural, renames });
  });
  refuseLosses(change, risks);
  for (const draft of draftsOf(change, affected)) {
    const file = draft(nextTimestamp(names, clock));
    if (file === undefined) continue;
    changes.push({ kind: 'create', ...file });
    names.push(file.path.slice(stack.migrations.length + 1));
  }
  const path = changes.at(-1)?.path ?? stack.migrations;
  const notices = risks.map(({ message }): Notice => ({ kind: 'warning', path, message }));
  return { changes, notices };
}

function refuseLosses({ force, command }: SchemaChange, risks: ReturnType<Stack['risksOf']>): void {
  if (force) return;
  const problems = risks.flatMap(({ kind, message }): Problem[] =>
    kind === 'loses' ? [{ found: message, expected: '--force does it all the same.' }] : [],
  );
  if (problems.length > 0) throw new UserError(problems, `${command} --force`);
}

function draftsOf(change: SchemaChange, { added, changed, removed }: Affected): Draft[] {
  const { before, after, stack } = change;
  const made = orderTables(after, added);
  const dropped = orderTables(before, removed);
  const none = new Map<string, string>();
  return [
    ...made.order.map((plural): Draft => {
      const first = withoutFields(after, plural, made.late.get(plural));
      return (timestamp) => stack.renderCreation(first, plural, timestamp);
    }),
    ...[...made.late].map(([plural, late]): Draft => {
      const first = withoutFields(after, plural, late);
      return (timestamp) =>
        stack.renderAlteration({ before: first, after, plural, renames: none, timestamp });
    }),
    ...changed.map((plural): Draft => {
      const renames = renamesOf(change.renames, plural);
      return (timestamp) => stack.renderAlteration({ before, after, plural, renames, timestamp });
    }),
    ...[...dropped.late].map(([plural, late]): Draft => {
      const last = withoutFields(before, plural, late);
      return (timestamp) =>
        stack.renderAlteration({ before, after: last, plural, renames: none, timestamp });
    }),
    ...dropped.order.toReversed().map((plural): Draft => {
      const last = withoutFields(before, plural, dropped.late.get(plural));
      return (timestamp) => stack.renderRemoval(last, plural, timestamp);
    }),
  ];
}

function withoutFields(
  manifest: Manifest,
  plural: string,
  names: readonly string[] = [],
): Manifest {
  const endpoint = manifest.endpoints[plural];
  if (endpoint === undefined || names.length === 0) return manifest;
  const fields = Object.entries(endpoint.fields).filter(([name]) => !names.includes(name));
  const rest: Endpoint = { ...endpoint, fields: Object.fromEntries(fields) };
  return addEndpoint(manifest, plural, rest);
}
