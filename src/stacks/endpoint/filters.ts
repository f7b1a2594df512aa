import { typeRow } from '../../manifest/type-table.ts';
import type { ResourceField } from '../resource.ts';

/** How a value of a row compares with that of a query parameter. */
export type Match = 'equals' | 'includes' | 'atLeast' | 'atMost';

/** A query parameter that narrows a list. */
export type Filter = { param: string; field: ResourceField; match: Match };

/** The value of a field itself, and for what has an order its bounds. */
export function filtersOf(fields: readonly ResourceField[]): Filter[] {
  return fields.filter(({ filter }) => filter).flatMap(fieldFilters);
}

function fieldFilters(field: ResourceField): Filter[] {
  const { name, type, list } = field;
  if (list) return [{ param: name, field, match: 'includes' }];
  const equals: Filter = { param: name, field, match: 'equals' };
  if (!typeRow(type).isRanged) return [equals];
  const capital = name.slice(0, 1).toUpperCase() + name.slice(1);
  return [
    equals,
    { param: `min${capital}`, field, match: 'atLeast' },
    { param: `max${capital}`, field, match: 'atMost' },
  ];
}
