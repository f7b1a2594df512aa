import type { FieldChanges, KeptField } from './postgres-changes.ts';
import type { Resource, ResourceField } from './resource.ts';

/** What a change may do to rows that are there already. */
export type Risk =
  /** Data may be lost, for good. */
  | { kind: 'loses'; message: string }
  /** The migration ends, in a transaction and with nothing changed, where rows do not fit. */
  | { kind: 'stops'; message: string }
  /** Rows may belong to somebody else from then on. */
  | { kind: 'hands over'; message: string };

/** What becomes of the rows of a table that is dropped. */
export function lostTable({ names }: Resource): Risk {
  return { kind: 'loses', message: `The table \`${names.table}\` is dropped with all its rows.` };
}

export function risksOf({ table, removed, kept, added, owners }: FieldChanges): Risk[] {
  return [
    ...removed.map((field) => lostWith(field, added)),
    ...kept.flatMap(keptRisks),
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

function keptRisks({ before, after, conversion }: KeptField): Risk[] {
  const { name } = after;
  const tightens = (before.optional || conversion.makesNulls) && isLeftEmpty(after);
  const reasons = [
    ...(conversion.stops ? [`\`${name}\` ${conversion.stops}`] : []),
    ...(tightens ? [`a row has no \`${name}\``] : []),
    ...(after.unique && (!before.unique || conversion.loses)
      ? [`two rows have the same \`${name}\``]
      : []),
    ...(after.parent && !before.parent
      ? [`\`${name}\` is not the id of one of the ${after.parent.names.humanPlural}`]
      : []),
    ...boundReasons(before, after),
  ];
  return [
    ...(conversion.loses ? [loses(name, conversion.loses)] : []),
    ...reasons.map(stops),
    ...(after.owner && !before.owner ? [handsOver(name)] : []),
  ];
}

const isLeftEmpty = (field: ResourceField) => !field.optional && field.default === undefined;

/** What the check of the new field refuses that the one of the old field let in. */
function boundReasons(before: ResourceField, after: ResourceField): string[] {
  const { name, type, list, min, max, values } = after;
  const isSame = before.type === type && before.list === list;
  const was = isSame ? before : { min: undefined, max: undefined, values: undefined };
  const isText = type === 'string' || type === 'text' || type === 'email' || type === 'url';
  const [size, unit] = list ? ['has', ' items'] : isText ? ['has', ' characters'] : ['is', ''];
  const known: readonly string[] | undefined = was.values;
  const isNarrower = type === 'enum' && !known?.every((value) => values.includes(value));
  // The length of a column that has one is part of its type.
  const isInType = isText && type !== 'text' && !list;
  return [
    ...(isNarrower ? [`\`${name}\` is none of ${values.join(', ')}`] : []),
    ...(min !== undefined && !(was.min !== undefined && was.min >= min)
      ? [`\`${name}\` ${size} less than ${min}${unit}`]
      : []),
    ...(max !== undefined && !isInType && !(was.max !== undefined && was.max <= max)
      ? [`\`${name}\` ${size} more than ${max}${unit}`]
      : []),
  ];
}

const loses = (field: string, what: string): Risk => ({
  kind: 'loses',
  message: `\`${field}\` ${what}.`,
});

const stops = (where: string): Risk => ({
  kind: 'stops',
  message: `The migration stops where ${where}.`,
});

const handsOver = (field: string): Risk => ({
  kind: 'hands over',
  message: `Each row belongs to the user in \`${field}\` from then on, whoever owned it before.`,
});
