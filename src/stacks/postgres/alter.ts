import type { Resource, ResourceField } from '../resource.ts';
import type { Risk } from '../stack.ts';
import { compareFields, type FieldChanges, type KeptField } from './changes.ts';
import { fillNulls } from './fill.ts';
import { constraintHurdles, typeHurdles } from './hurdles.ts';
import { existing, type IndexKind, indexKinds, indexLines, withoutRepeats } from './indexes.ts';
import { renameColumns } from './rename.ts';
import { risksOf } from './risks.ts';
import {
  type ConstraintKind,
  columnType,
  constraintKinds,
  constraintLines,
  literal,
  quoteName,
} from './sql.ts';

/** The statements between two states of a table, up and down. */
export type Alteration = { up: string[]; down: string[]; risks: Risk[] };

/**
 * Takes a table with rows from one state to another. `renames` holds JSON names of fields, old to new;
 * a field that is neither renamed nor on both sides is removed or added. The way down restores the
 * table, and as much of the rows as is still there.
 */
export function alterTable(
  before: Resource,
  after: Resource,
  renames: ReadonlyMap<string, string>,
): Alteration {
  const back = new Map([...renames].map(([from, to]) => [to, from]));
  const changes = compareFields(before, after, renames);
  return {
    up: statements(changes, 'up'),
    down: statements(compareFields(after, before, back), 'down'),
    risks: risksOf(changes),
  };
}

/** Constraints and indexes are dropped first and added last: names and types may change in between. */
function statements(changes: FieldChanges, direction: 'up' | 'down') {
  const { table, removed, kept, added, owners } = changes;
  const alter = `alter table ${quoteName(table)}`;
  const parts = kept.map((field) => changedParts(table, field));
  return [
    ...parts.flatMap(({ dropped }) => dropped),
    ...removed.map(({ column }) => `${alter} drop column ${quoteName(column)}`),
    ...renameColumns(
      table,
      kept.map((field) => ({
        from: field.before.column,
        to: field.after.column,
        parts: keptParts(table, field),
      })),
    ),
    ...kept.flatMap((field) => changeColumn(table, field, direction)),
    ...added.flatMap((field) => addColumn(table, field, direction, owners)),
    ...parts.flatMap(({ constraints }) => constraints),
    ...added.flatMap((field) => constraintsOf(table, field)),
    ...withoutRepeats([
      ...parts.flatMap(({ indexes }) => indexes),
      ...added.flatMap((field) => indexKinds.flatMap((kind) => indexLines[kind](table, field))),
    ]),
  ];
}

function addColumn(
  table: string,
  field: ResourceField,
  direction: 'up' | 'down',
  owners: FieldChanges['owners'],
): string[] {
  const column = quoteName(field.column);
  const alter = `alter table ${quoteName(table)}`;
  const { default: preset } = field;
  return [
    `${alter} add column ${column} ${columnType(field)}`,
    ...(field.optional ? [] : fillNulls(table, field, direction, owners)),
    ...(preset === undefined
      ? []
      : [`${alter} alter column ${column} set default ${literal(preset)}`]),
    ...(field.optional ? [] : [`${alter} alter column ${column} set not null`]),
  ];
}

function changeColumn(table: string, field: KeptField, direction: 'up' | 'down'): string[] {
  const { before, after, conversion } = field;
  const column = quoteName(after.column);
  const alter = `alter table ${quoteName(table)} alter column ${column}`;
  const type = columnType(after);
  const retypes = columnType(before) !== type;
  const using = conversion.using ? ` using ${conversion.using(column)}` : '';
  const isOther = isOtherType(before, after);
  const isOtherDefault = before.default !== after.default || isOther;
  const wasNullable = before.optional || conversion.makesNulls;
  const tightens = wasNullable && !after.optional;
  return [
    ...typeHurdles(table, field).map(({ guard }) => guard),
    // It would have to be cast as well.
    ...(before.default !== undefined && (isOther || after.default === undefined)
      ? [`${alter} drop default`]
      : []),
    ...(!before.optional && (after.optional || conversion.makesNulls)
      ? [`${alter} drop not null`]
      : []),
    ...(retypes ? [`${alter} type ${type}${using}`] : []),
    ...(tightens ? fillNulls(table, after, direction) : []),
    ...(after.default !== undefined && isOtherDefault
      ? [`${alter} set default ${literal(after.default)}`]
      : []),
    ...(tightens ? [`${alter} set not null`] : []),
  ];
}

/** A `varchar` of another length is the same type. */
function isOtherType(before: ResourceField, after: ResourceField): boolean {
  const [from, to] = [before, after].map((field) => columnType(field).replace(/\(\d+\)/, ''));
  return from !== to;
}

function constraintsOf(table: string, field: ResourceField): string[] {
  const lines = constraintKinds.flatMap((kind) => constraintLines[kind](table, field));
  return lines.map((line) => `alter table ${quoteName(table)} add ${line}`);
}

/** The constraints and indexes of a column that change otherwise than by the name of the column. */
function changedParts(table: string, field: KeptField) {
  const alter = `alter table ${quoteName(table)}`;
  const kinds = constraintKinds.filter((kind) => !keepsConstraint(table, field, kind));
  const indexes = indexKinds.filter((kind) => !keepsIndex(table, field, kind));
  const { before, after } = field;
  return {
    dropped: [
      ...indexes
        .filter((kind) => indexLines[kind](table, before).length > 0)
        .map((kind) => `drop index ${existing(kind)}${table}_${before.column}_${kind}`),
      ...kinds.flatMap((kind) =>
        constraintLines[kind](table, before).map(
          () => `${alter} drop constraint ${table}_${before.column}_${kind}`,
        ),
      ),
    ],
    constraints: kinds.flatMap((kind) => [
      ...constraintHurdles(table, field, kind).map(({ guard }) => guard),
      ...constraintLines[kind](table, after).map((line) => `${alter} add ${line}`),
    ]),
    indexes: indexes.flatMap((kind) => indexLines[kind](table, after)),
  };
}

/** The constraints and indexes of a column that do not change. */
function keptParts(table: string, field: KeptField): (ConstraintKind | IndexKind)[] {
  const { after } = field;
  return [
    ...constraintKinds.filter(
      (kind) =>
        keepsConstraint(table, field, kind) && constraintLines[kind](table, after).length > 0,
    ),
    ...indexKinds.filter(
      (kind) => keepsIndex(table, field, kind) && indexLines[kind](table, after).length > 0,
    ),
  ];
}

/** A check depends on the type, so another type needs a new one. */
function keepsConstraint(table: string, { before, after }: KeptField, kind: ConstraintKind) {
  if (kind === 'check' && isOtherType(before, after)) return false;
  const [was] = constraintLines[kind](table, { ...before, column: after.column });
  return was === constraintLines[kind](table, after)[0];
}

function keepsIndex(table: string, { before, after }: KeptField, kind: IndexKind): boolean {
  const was = indexLines[kind](table, { ...before, column: after.column });
  return was.join() === indexLines[kind](table, after).join();
}
