import { bareAccounts, isAccounts } from '../manifest/accounts.ts';
import type { Change, Notice } from '../manifest/change.ts';
import type { Problem } from '../manifest/errors.ts';
import { UserError } from '../manifest/errors.ts';
import { likelyRenames } from '../manifest/likely-renames.ts';
import type { Endpoint, Manifest } from '../manifest/manifest.ts';
import { addEndpoint } from '../manifest/manifest.ts';
import { moveEndpoint } from '../manifest/move-endpoint.ts';
import type { Renames } from '../manifest/renames.ts';
import { renamesOf } from '../manifest/renames.ts';
import type { RenderedFile, Risk, Stack, TableChange } from '../stacks/stack.ts';
import type { Affected } from './affected.ts';
import { orderTables } from './affected.ts';
import type { MeantRename } from './meant-renames.ts';
import { meantRenames, renameCommand } from './meant-renames.ts';
import { nextTimestamp } from './migration-time.ts';
import { breaksByFields, breaksByRename, breaksOld } from './old-processes.ts';
import { partDrafts } from './plan-parts.ts';
import type { ProjectFiles } from './project-files.ts';

export type SchemaChange = {
  before: Manifest;
  after: Manifest;
  renames: Renames;
  stack: Stack;
  files: ProjectFiles;
  clock: Date;
  /** Allows changes that lose data. */
  force: boolean;
  command: string;
};

/** One migration, rendered when its timestamp is known, and what it may do to rows. */
type Draft = {
  /** Undefined if the database does not change. */
  render(timestamp: string): RenderedFile | undefined;
  risks: Risk[];
  /** The endpoint whose table it drops. */
  drops?: string;
  /** Renames of fields that were perhaps meant, with the losses that they would avoid. */
  meant?: MeantRename[];
};

/**
 * The migrations that take the database from one manifest to the other, in an order that works.
 * Throws a UserError if data would be lost, unless forced.
 */
export function planMigrations(
  change: SchemaChange,
  affected: Affected,
): { changes: Change[]; notices: Notice[] } {
  const { stack, files, clock } = change;
  const names = files.list(stack.migrations);
  const changes: Change[] = [];
  const notices: Notice[] = [];
  const drafts = draftsOf(change, affected);
  refuseLosses(change, affected, drafts);
  for (const { render, risks } of drafts) {
    const file = render(nextTimestamp(names, clock));
    const path = file?.path ?? stack.migrations;
    notices.push(...risks.map(({ message }): Notice => ({ kind: 'warning', path, message })));
    if (file === undefined) continue;
    changes.push({ kind: 'create', ...file });
    names.push(file.path.slice(stack.migrations.length + 1));
  }
  return { changes, notices };
}

function refuseLosses(
  { before, after, force, command, stack }: SchemaChange,
  affected: Affected,
  drafts: readonly Draft[],
): void {
  if (force) return;
  const successors = likelyRenames(before, after, affected);
  // Other losses follow from a dropped table.
  const isDrop = ({ drops }: Draft) => drops !== undefined;
  const ordered = [...drafts.filter(isDrop), ...drafts.filter((draft) => !isDrop(draft))];
  const problems = ordered.flatMap(({ risks, drops = '', meant = [] }) => {
    const successor = successors.get(drops);
    return risks.flatMap(({ kind, message }): Problem[] => {
      if (kind !== 'loses') return [];
      const rename = meant.find(({ spares }) => spares.includes(message));
      return [{ found: message, expected: wayOut(successor, rename?.to) }];
    });
  });
  if (problems.length === 0) return;
  throw new UserError(problems, renameCommand(before, after, stack) ?? `${command} --force`);
}

function wayOut(endpoint: string | undefined, field: string | undefined): string {
  if (endpoint !== undefined)
    return `A rename to \`${endpoint}\` keeps the rows; --force drops them.`;
  if (field !== undefined) return `A rename to \`${field}\` keeps the data; --force deletes it.`;
  return 'Expected --force for a change that loses data.';
}

function draftsOf(change: SchemaChange, { added, changed, removed }: Affected): Draft[] {
  const { after, stack, renames } = change;
  const before = moveEndpoint(change.before, renames.endpoint);
  const made = orderTables(after, added);
  // The table of the accounts goes with them.
  const dropped = orderTables(
    before,
    removed.filter((plural) => !isAccounts(before, plural)),
  );
  const none = new Map<string, string>();
  const parts = partDrafts(change);
  const alter = (table: TableChange): Draft => ({
    render: (timestamp) => stack.renderAlteration({ ...table, timestamp }),
    risks: stack.risksOf(table),
  });
  // A migration of the project itself makes their table.
  const addToAccounts = (first: Manifest, plural: string): Draft =>
    alter({ before: accountsAsMade(first, plural), after: first, plural, renames: none });
  return [
    ...parts.coming,
    ...renameOf(change, before),
    ...made.order.map((plural): Draft => {
      const first = withoutFields(after, plural, made.late.get(plural));
      if (isAccounts(after, plural)) return addToAccounts(first, plural);
      return { render: (timestamp) => stack.renderCreation(first, plural, timestamp), risks: [] };
    }),
    ...[...made.late].map(([plural, late]) => {
      const first = withoutFields(after, plural, late);
      return alter({ before: first, after, plural, renames: none });
    }),
    ...rolesOf(change),
    ...changed.map((plural): Draft => {
      const names = renamesOf(renames, plural);
      const table = { before, after, plural, renames: names };
      const draft = alter(table);
      const risks = [...draft.risks, ...breaksByFields(before, after, plural, names)];
      return { ...draft, risks, meant: meantRenames(table, stack) };
    }),
    ...[...dropped.late].map(([plural, late]): Draft => {
      const last = withoutFields(before, plural, late);
      return { ...alter({ before, after: last, plural, renames: none }), risks: [] };
    }),
    ...dropped.order.toReversed().map((plural): Draft => {
      const last = withoutFields(before, plural, dropped.late.get(plural));
      return {
        render: (timestamp) => stack.renderRemoval(last, plural, timestamp),
        risks: [...stack.removalRisks(before, plural), breaksOld],
        drops: plural,
      };
    }),
    ...parts.going,
  ];
}

/** The accounts as the migrations of the project make them. */
function accountsAsMade(manifest: Manifest, plural: string): Manifest {
  const endpoint = manifest.endpoints[plural];
  return endpoint ? addEndpoint(manifest, plural, bareAccounts(manifest, endpoint)) : manifest;
}

/** The roles of users, from those that they have, or that the migrations of the part give them. */
function rolesOf({ before, after, stack }: SchemaChange): Draft[] {
  if (after.auth === 'none') return [];
  const { roles: _, ...made } = after;
  const start = before.auth === 'none' ? made : before;
  const render = (timestamp: string) => stack.renderRoles(start, after, timestamp);
  return [{ render, risks: stack.rolesRisks(start, after) }];
}

/** The rename of the table, which comes before its other changes. */
function renameOf(
  { before, renames: { endpoint }, stack }: SchemaChange,
  moved: Manifest,
): Draft[] {
  if (endpoint === undefined) return [];
  const render = (timestamp: string) => stack.renderRename(before, moved, endpoint, timestamp);
  return [{ render, risks: [breaksByRename(endpoint)] }];
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
