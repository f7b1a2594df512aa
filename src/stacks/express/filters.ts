import type { Filter, Match } from '../endpoint/filters.ts';
import { filtersOf as allFilters } from '../endpoint/filters.ts';
import type { ResourceField } from '../resource.ts';
import { queryTypeOf } from './field-types.ts';

const operators: Record<Exclude<Match, 'includes'>, string> = {
  equals: '=',
  atLeast: '>=',
  atMost: '<=',
};

/** The query parameters that narrow a list, in code. */
export const filtersOf = (fields: readonly ResourceField[]) => allFilters(fields).map(filterView);

function filterView({ param, field, match }: Filter) {
  const { column } = field;
  const compared =
    match === 'includes'
      ? `'@>', sql.val([query.${param}])`
      : `'${operators[match]}', query.${param}`;
  return {
    param,
    column,
    schema: queryTypeOf(field),
    /** The arguments of Kysely's `where`. */
    condition: `'${column}', ${compared}`,
    /** The name of the test helper that says which rows match. */
    matches: match,
  };
}
