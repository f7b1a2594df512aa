import { boundReasons } from './bounds.ts';
import type { KeptField } from './changes.ts';
import { guardValue, guardWhere } from './guard.ts';
import type { ConstraintKind } from './sql.ts';
import { checkConditions, columnType, quoteName } from './sql.ts';

/** Rows that stop a change of their column. */
export type Hurdle = {
  /** The conditions that stop the migration, one warning each. */
  reasons: string[];
  /** The statement that stops the migration if there are such rows. */
  guard: string;
};

const advice = 'change them first, or in this migration';

/** Values that cannot be converted to the other type. */
export function typeHurdles(table: string, field: KeptField): Hurdle[] {
  const { before, after, conversion, label } = field;
  const { using, stops, longest, cuts } = conversion;
  const column = quoteName(after.column);
  const stopping = (what: string) => ({ column: after.column, what, advice });
  const reasonOf = (what: string) => [`\`${label}\` ${what}`];
  const hurdles: Hurdle[] = [];
  if (longest !== undefined) {
    const isLong = (value: string) => `char_length(${value}) > ${longest}`;
    const where = ofItems(using?.(column) ?? column, after.list, isLong);
    const what = `is longer than ${longest} characters`;
    const told = { ...stopping(what), refusedBy: columnType(after) };
    hurdles.push({ reasons: reasonOf(what), guard: guardWhere(table, where, told) });
  }
  if (stops !== undefined && using !== undefined) {
    const guard = guardValue(table, using(`_row.${column}`), stopping(stops));
    hurdles.push({ reasons: reasonOf(stops), guard });
  }
  if (cuts !== undefined) {
    const value = before.list && !after.list ? `${column}[1]` : column;
    const where = ofItems(value, before.list && after.list, cuts.where);
    hurdles.push({
      reasons: reasonOf(cuts.what),
      guard: guardWhere(table, where, stopping(cuts.what)),
    });
  }
  return hurdles;
}

function ofItems(value: string, list: boolean, where: (value: string) => string): string {
  return list ? `exists (select from unnest(${value}) item where ${where('item')})` : where(value);
}

/** Values that a new constraint refuses. */
export function constraintHurdles(table: string, field: KeptField, kind: ConstraintKind): Hurdle[] {
  const { before, after, conversion, label } = field;
  const column = quoteName(after.column);
  const hurdle = (whats: string[], where: string, reasons?: string[]): Hurdle => {
    const refusedBy = `${table}_${after.column}_${kind}`;
    const stopping = { column: after.column, what: whats.join(' or '), refusedBy, advice };
    return {
      reasons: reasons ?? whats.map((what) => `\`${label}\` ${what}`),
      guard: guardWhere(table, where, stopping),
    };
  };
  switch (kind) {
    case 'unique': {
      if (!after.unique || (before.unique && !conversion.loses)) return [];
      const same = `select ${column} from ${quoteName(table)} group by ${column} having count(*) > 1`;
      const reason = `two rows have the same \`${label}\``;
      return [hurdle(['is that of another row'], `${column} in (${same})`, [reason])];
    }
    case 'foreign': {
      if (!after.parent || before.parent) return [];
      const { table: parent, humanPlural } = after.parent.names;
      const where = `${column} not in (select id from ${quoteName(parent)})`;
      return [hurdle([`is not the id of one of the ${humanPlural}`], where)];
    }
    case 'check': {
      const reasons = boundReasons(before, after);
      const where = `not (${checkConditions(after).join(' and ')})`;
      return reasons.length === 0 ? [] : [hurdle(reasons, where)];
    }
  }
}
