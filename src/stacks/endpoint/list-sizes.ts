import { mostItems, numericBounds } from '../../manifest/sizes.ts';
import { typeRow } from '../../manifest/type-table.ts';
import type { ResourceField } from '../resource.ts';

export type ListSize = { which: string; items: number };

/** How many items a list just takes, and how many it refuses. */
export function listSizes(field: ResourceField): { taken: ListSize[]; refused: ListSize[] } {
  const { min = 0, max = mostItems } = numericBounds(field);
  const longest = { which: 'the longest', items: max };
  const tooLong = { which: 'too long', items: max + 1 };
  return {
    taken: min < max ? [longest, { which: 'the shortest', items: min }] : [longest],
    refused: min > 0 ? [tooLong, { which: 'too short', items: min - 1 }] : [tooLong],
  };
}

/** A value that such a list may have. */
export function itemOf({ name, type, values }: ResourceField): string | number | boolean {
  const item = type === 'enum' ? values[0] : typeRow(type).example;
  if (item === undefined) throw new Error(`No item is known of the list ${name}`);
  return item;
}
