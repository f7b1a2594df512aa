import type { ResourceField } from '../resource.ts';
import type { Risk } from '../stack.ts';
import { uncheckedReasons } from '../unchecked.ts';
import type { FieldChanges, KeptField } from './changes.ts';
import { constraintHurdles, typeHurdles } from './hurdles.ts';
import { constraintKinds } from './sql.ts';

/** The loss of the rows of a dropped table. */
export function lostTable(table: string): Risk {
  return { kind: 'loses', message: `The table \`${table}\` is dropped with all its rows.` };
}

/** The loss of a column that a statement drops, unless its table goes as a whole. */
export function lostColumns(statement: string, dropped: ReadonlySet<string>): Risk[] {
  const [, table = '', column] = dropsColumn.exec(statement) ?? [];
  if (column === undefined || dropped.has(table)) return [];
  return [loses(`${table}.${column}`, 'is removed with all its data')];
}

const dropsColumn = /^alter table "?(\w+)"? drop column "?(\w+)"?$/;

export function risksOf({ table, plural, removed, kept, added, owners }: FieldChanges): Risk[] {
  return [
    ...removed.map((field) => lostWith(`${plural}.${field.name}`, field, added)),
    ...kept.flatMap((field) => keptRisks(table, field)),
    ...added
      .filter((field) => isLeftEmpty(field) && !(field.owner && owners))
      .map(({ name }) => stops(`${table} has rows, because they have no \`${name}\` yet`)),
  ];
}

function lostWith(label: string, { column }: ResourceField, added: ResourceField[]): Risk {
  const isRecreated = added.some((field) => field.column === column);
  return isRecreated
    ? loses(label, 'cannot be converted: its column is created again, without its data')
    : loses(label, 'is removed with all its data');
}

function keptRisks(table: string, field: KeptField): Risk[] {
  const { before, after, conversion, label } = field;
  const tightens = (before.optional || conversion.makesNulls) && isLeftEmpty(after);
  const hurdles = [
    ...typeHurdles(table, field),
    ...constraintKinds.flatMap((kind) => constraintHurdles(table, field, kind)),
  ];
  return [
    ...(conversion.loses ? [loses(label, conversion.loses)] : []),
    ...(tightens ? [stops(`a row has no \`${label}\``)] : []),
    ...uncheckedReasons(before, after).map((what) => stays(`\`${label}\` ${what}`)),
    ...hurdles.flatMap(({ reasons }) => reasons.map(stops)),
    ...(after.owner && !before.owner ? [handsOver(label)] : []),
  ];
}

const isLeftEmpty = (field: ResourceField) => !field.optional && field.default === undefined;

const loses = (field: string, what: string): Risk => ({
  kind: 'loses',
  message: `\`${field}\` ${what}.`,
});

const stays = (where: string): Risk => ({
  kind: 'stays',
  message: `Existing rows are kept if ${where}: reading them works, but writing them again is refused.`,
});

const stops = (where: string): Risk => ({
  kind: 'stops',
  message: `The migration stops if ${where}.`,
});

const handsOver = (field: string): Risk => ({
  kind: 'hands over',
  message: `The user in \`${field}\` becomes the owner of each row, whoever owned it before.`,
});
