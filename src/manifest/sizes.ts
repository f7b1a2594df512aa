import type { Bound } from './type-row.ts';
import type { FieldType } from './type-table.ts';
import { typeRow } from './type-table.ts';

/** Lists that say nothing of their size hold this many items at most. */
export const mostItems = 100;

type Sized = { type: FieldType; list: boolean; max?: Bound | undefined };

/** The longest text that a field takes, in characters; of each item where it is a list. */
export function maxLength({ type, list, max }: Sized): number {
  const { longest = Number.POSITIVE_INFINITY } = typeRow(type);
  return list ? longest : Number(max ?? longest);
}

/** Bounds that count something, or are numbers. */
export function numericBounds({ min, max }: { min?: Bound | undefined; max?: Bound | undefined }) {
  const number = (bound: Bound | undefined) => (bound === undefined ? undefined : Number(bound));
  return { min: number(min), max: number(max) };
}
