import type { Bound } from './type-row.ts';
import type { FieldType } from './type-table.ts';
import { typeRow } from './type-table.ts';

/** The most items of a list without a max. */
export const mostItems = 100;

type Sized = { type: FieldType; list: boolean; max?: Bound | undefined };

/** The longest text of a field in characters; for a list, of each item. */
export function maxLength({ type, list, max }: Sized): number {
  const { longest = Number.POSITIVE_INFINITY } = typeRow(type);
  return list ? longest : Number(max ?? longest);
}

/** Bounds as numbers. */
export function numericBounds({ min, max }: { min?: Bound | undefined; max?: Bound | undefined }) {
  const number = (bound: Bound | undefined) => (bound === undefined ? undefined : Number(bound));
  return { min: number(min), max: number(max) };
}
