import { maxLength } from '../../manifest/sizes.ts';
import { typeRow } from '../../manifest/type-table.ts';
import type { Resource, ResourceField } from '../resource.ts';

/** The words that PostgreSQL reserves, so that they need quotes as names (its appendix C). */
const reserved = new Set(
  `all analyse analyze and any array as asc asymmetric authorization binary both case cast check
  collate collation column concurrently constraint create cross current_catalog current_date
  current_role current_schema current_time current_timestamp current_user default deferrable desc
  distinct do else end except false fetch for foreign freeze from full grant group having ilike in
  initially inner intersect into is isnull join lateral leading left like limit localtime
  localtimestamp natural not notnull null offset on only or order outer overlaps placing primary
  references returning right select session_user similar some symmetric system_user table
  tablesample then to trailing true union unique user using variadic verbose when where window
  with`.split(/\s+/),
);

/** A name as it stands in SQL. */
export function quoteName(name: string): string {
  return reserved.has(name) ? `"${name}"` : name;
}

/** What stands between the parentheses of `create table`, a line each. */
export function tableLines({ names, fields }: Resource): string[] {
  return [
    'id uuid primary key',
    ...fields.map(columnLine),
    'created_at timestamptz(3) not null',
    'updated_at timestamptz(3) not null',
    ...constraintKinds.flatMap((kind) =>
      fields.flatMap((field) => constraintLines[kind](names.table, field)),
    ),
  ];
}

/** The type of a column. */
export function columnType(field: ResourceField): string {
  const { sql } = typeRow(field.type);
  const type = sql === 'varchar' ? `varchar(${maxLength(field)})` : sql;
  return `${type}${field.list ? '[]' : ''}`;
}

function columnLine(field: ResourceField): string {
  const nullable = field.optional ? '' : ' not null';
  const preset = field.default === undefined ? '' : ` default ${literal(field.default)}`;
  return `${quoteName(field.column)} ${columnType(field)}${nullable}${preset}`;
}

export const constraintKinds = ['unique', 'foreign', 'check'] as const;
export type ConstraintKind = (typeof constraintKinds)[number];

/** The constraints of a field as they stand in `create table`, named `table_column_kind`. */
export const constraintLines: Record<
  ConstraintKind,
  (table: string, field: ResourceField) => string[]
> = { unique: uniqueLine, foreign: referenceLine, check: checkLine };

function uniqueLine(table: string, { column, unique }: ResourceField): string[] {
  return unique ? [`constraint ${table}_${column}_unique unique (${quoteName(column)})`] : [];
}

function referenceLine(table: string, { column, parent, onDelete }: ResourceField): string[] {
  if (!parent) return [];
  const key = `foreign key (${quoteName(column)})`;
  const target = `references ${quoteName(parent.names.table)} (id) on delete ${onDelete}`;
  return [`constraint ${table}_${column}_foreign ${key} ${target}`];
}

function checkLine(table: string, field: ResourceField): string[] {
  const conditions = checkConditions(field);
  if (conditions.length === 0) return [];
  return [`constraint ${table}_${field.column}_check check (${conditions.join(' and ')})`];
}

/** What holds for every value of a field. */
export function checkConditions(field: ResourceField): string[] {
  return [...valueCondition(field), ...boundConditions(field)];
}

function valueCondition({ type, column, values, list }: ResourceField): string[] {
  if (type !== 'enum') return [];
  const all = values.map(literal).join(', ');
  return list ? [`${quoteName(column)} <@ array[${all}]`] : [`${quoteName(column)} in (${all})`];
}

function boundConditions({ type, column, list, min, max }: ResourceField): string[] {
  const name = quoteName(column);
  const { bounds, sql } = typeRow(type);
  const size = list ? `cardinality(${name})` : bounds === 'length' ? `char_length(${name})` : name;
  const isSized = sql === 'varchar' && !list;
  return [
    ...(min === undefined ? [] : [`${size} >= ${literal(min)}`]),
    ...(max === undefined || isSized ? [] : [`${size} <= ${literal(max)}`]),
  ];
}

/** A value as SQL writes it. */
export function literal(value: string | number | boolean): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}
