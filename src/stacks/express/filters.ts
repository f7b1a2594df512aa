import { typeRow } from '../../manifest/type-table.ts';
import type { ResourceField } from '../resource.ts';
import { queryTypeOf } from './field-types.ts';

type Filter = {
  param: string;
  column: string;
  schema: string;
  /** The arguments of Kysely's `where`. */
  condition: string;
  /** The name of the test helper that says which rows match. */
  matches: 'equals' | 'includes' | 'atLeast' | 'atMost';
};

/** The query parameters that filter a list: by value, and for ordered types by minimum and maximum. */
export function filtersOf(fields: ResourceField[]): Filter[] {
  return fields.filter(({ filter }) => filter).flatMap(fieldFilters);
}

function fieldFilters(field: ResourceField): Filter[] {
  const { name, column, type, list } = field;
  const schema = queryTypeOf(field);
  const capital = name.slice(0, 1).toUpperCase() + name.slice(1);
  const compare = (param: string, operator: string, matches: Filter['matches']) => ({
    param,
    column,
    schema,
    condition: `'${column}', '${operator}', query.${param}`,
    matches,
  });
  if (list) {
    const condition = `'${column}', '@>', sql.val([query.${name}])`;
    return [{ param: name, column, schema, condition, matches: 'includes' }];
  }
  if (!typeRow(type).isRanged) return [compare(name, '=', 'equals')];
  return [
    compare(name, '=', 'equals'),
    compare(`min${capital}`, '>=', 'atLeast'),
    compare(`max${capital}`, '<=', 'atMost'),
  ];
}
