import type { ResourceField } from '../resource.ts';
import type { Risk } from '../stack.ts';
import { uncheckedReasons } from '../unchecked.ts';
import type { FieldChanges, KeptField } from './changes.ts';
import { constraintHurdles, typeHurdles } from './hurdles.ts';
import { constraintKinds } from './sql.ts';

/** What becomes of the rows of a table that is dropped. */
export function lostTable(table: string): Risk {
  return { kind: 'loses', message: `The table \`${table}\` is dropped with all its rows.` };
}

export function risksOf({ table, removed, kept, added, owners }: FieldChanges): Risk[] {
  return [
    ...removed.map((field) => lostWith(field, added)),
    ...kept.flatMap((field) => keptRisks(table, field)),
    ...added
      .filter((field) => isLeftEmpty(field) && !(field.owner && owners))
      .map(({ name }) => stops(`${table} has rows, since they have no \`${name}\` yet`)),
  ];
}

function lostWith({ name, column }: ResourceField, added: ResourceField[]): Risk {
  const isMadeAnew = added.some((field) => field.column === column);
  return isMadeAnew
    ? loses(name, 'cannot be converted: its column is made anew, without what it holds')
    : loses(name, 'is removed with everything it holds');
}

function keptRisks(table: string, field: KeptField): Risk[] {
  const { before, after, conversion } = field;
  const { name } = after;
  const tightens = (before.optional || conversion.makesNulls) && isLeftEmpty(after);
  const hurdles = [
    ...typeHurdles(table, field),
    ...constraintKinds.flatMap((kind) => constraintHurdles(table, field, kind)),
  ];
  return [
    ...(conversion.loses ? [loses(name, conversion.loses)] : []),
    ...(tightens ? [stops(`a row has no \`${name}\``)] : []),
    ...uncheckedReasons(before, after).map((what) => stays(`\`${name}\` ${what}`)),
    ...hurdles.flatMap(({ reasons }) => reasons.map(stops)),
    ...(after.owner && !before.owner ? [handsOver(name)] : []),
  ];
}

const isLeftEmpty = (field: ResourceField) => !field.optional && field.default === undefined;

const loses = (field: string, what: string): Risk => ({
  kind: 'loses',
  message: `\`${field}\` ${what}.`,
});

const stays = (where: string): Risk => ({
  kind: 'stays',
  message: `Rows stay where ${where}: they are answered so, and refused when they are written again.`,
});

const stops = (where: string): Risk => ({
  kind: 'stops',
  message: `The migration stops where ${where}.`,
});

const handsOver = (field: string): Risk => ({
  kind: 'hands over',
  message: `Each row belongs to the user in \`${field}\` from then on, whoever owned it before.`,
});
