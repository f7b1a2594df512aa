import { likelyFieldRenames, likelyRenames } from '../manifest/likely-renames.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Stack, TableChange } from '../stacks/stack.ts';
import { findAffected } from './affected.ts';

/** A field that was perhaps renamed in backend.json, with the losses that a rename would avoid. */
export type MeantRename = { plural: string; from: string; to: string; spares: readonly string[] };

/**
 * The command for what was probably renamed by an edit of backend.json, and would lose its data
 * otherwise; undefined if nothing was.
 */
export function renameCommand(
  before: Manifest,
  after: Manifest,
  stack: Pick<Stack, 'risksOf'>,
): string | undefined {
  const affected = findAffected(before, after, {});
  const [[from, to] = []] = likelyRenames(before, after, affected);
  if (from !== undefined && to !== undefined) return `gen endpoint rename ${from} ${to}`;
  const none = new Map<string, string>();
  const [field] = affected.changed.flatMap((plural) =>
    meantRenames({ before, after, plural, renames: none }, stack),
  );
  return field && `gen field rename ${field.plural} ${field.from} ${field.to}`;
}

/** The fields of a table that were perhaps renamed, if no rename was asked for. */
export function meantRenames(table: TableChange, stack: Pick<Stack, 'risksOf'>): MeantRename[] {
  const { before, after, plural, renames } = table;
  const [old, next] = [before.endpoints[plural], after.endpoints[plural]];
  if (old === undefined || next === undefined || renames.size > 0) return [];
  const lossesOf = (renamed: TableChange['renames']) =>
    stack
      .risksOf({ ...table, renames: renamed })
      .flatMap(({ kind, message }) => (kind === 'loses' ? [message] : []));
  const losses = lossesOf(renames);
  return [...likelyFieldRenames(old, next)].flatMap(([from, to]) => {
    const rest = lossesOf(new Map([[from, to]]));
    const spares = losses.filter((loss) => !rest.includes(loss));
    return spares.length === 0 ? [] : [{ plural, from, to, spares }];
  });
}
