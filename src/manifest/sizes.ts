import type { FieldType } from './type-table.ts';
import { typeRow } from './type-table.ts';

/** Lists that say nothing of their size hold this many items at most. */
export const mostItems = 100;

type Sized = { type: FieldType; list: boolean; max?: number | undefined };

/** The longest text that a field takes, in characters; of each item where it is a list. */
export function maxLength({ type, list, max }: Sized): number {
  const { longest = Number.POSITIVE_INFINITY } = typeRow(type);
  return list ? longest : (max ?? longest);
}
