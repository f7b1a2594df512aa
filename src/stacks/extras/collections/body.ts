import { maxLength, numericBounds } from '../../../manifest/sizes.ts';
import type { FieldType } from '../../../manifest/type-table.ts';
import { sampleOf, seconds } from '../../endpoint/values.ts';
import type { ResourceField } from '../../resource.ts';
import type { Value } from './answer.ts';
import { type Line, sets } from './script.ts';

/** A body with these values; those of variables are filled in when it is sent. */
export const bodyOf = (values: Readonly<Record<string, Value>>): string =>
  jsonOf({ data: membersOf(values) });

/** The body of a request of GraphQL, whose variables have these values. */
export const graphqlBody = (
  query: string,
  values: Readonly<Record<string, unknown>> = {},
): string => jsonOf({ query, ...(Object.keys(values).length > 0 && { variables: values }) });

/** Values as they stand in a body, by their names. */
export const membersOf = (values: Readonly<Record<string, Value>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      'json' in value ? value.json : textOf(value),
    ]),
  );

const jsonOf = (body: object) =>
  JSON.stringify(body, null, 2).replace(/"\{\{#(\w+)\}\}"/g, '{{$1}}');

const textOf = ({ variable, isNumber }: { variable: string; isNumber: boolean }) =>
  isNumber ? `{{#${variable}}}` : `{{${variable}}}`;

/** The variable with the fresh value of a field. */
export const freshName = (singular: string, { name }: ResourceField): string =>
  `${singular}${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** Whether each run needs a value of its own, and can make one. */
export const isFresh = ({ type, unique, parent }: ResourceField): boolean =>
  unique && parent === undefined && makers[type] !== undefined;

/** A value of a field: a fresh one where no two rows have the same, or else the one of this number. */
export function fieldValue(singular: string, field: ResourceField, count: number): Value {
  if (!isFresh(field)) return { json: sampleOf(field, count) };
  const isNumber = field.type === 'integer' || field.type === 'number';
  return { variable: freshName(singular, field), isNumber };
}

/** Sets the fresh values of fields. */
export function freshen(singular: string, fields: readonly ResourceField[]): Line[] {
  const all = fields.filter(isFresh);
  if (all.length === 0) return [];
  return [freshText, ...all.map((field) => sets(freshName(singular, field), makerOf(field)))];
}

/** A text that no other run has, of 10 letters and digits at least. */
export const freshText: Line = () =>
  'const fresh = Date.now().toString(36) + Math.random().toString(36).slice(2, 8).padEnd(6, "0");';

function makerOf(field: ResourceField): string {
  const make = makers[field.type];
  if (make === undefined) throw new Error(`no fresh value of ${field.type} can be made`);
  return make(field);
}

const day = 86_400_000;

/** Expressions that make values from `fresh` or by chance. */
const makers: Partial<Record<FieldType, (field: ResourceField) => string>> = {
  string: (field) => {
    const { min = 1 } = numericBounds(field);
    const cut = maxLength(field) < 14 ? `fresh.slice(-${maxLength(field)})` : 'fresh';
    return min > 10 ? `${cut}.padEnd(${min}, "x")` : cut;
  },
  integer: wholeOf,
  number: wholeOf,
  decimal: (field) => `String(${wholeOf(field)})`,
  date: () => `new Date(Math.floor(Math.random() * 20000) * ${day}).toISOString().slice(0, 10)`,
  datetime: () => 'new Date(Math.floor(Math.random() * 1e12)).toISOString()',
  time: ({ min, max }) => {
    const [least, most] = [seconds(min, 0), seconds(max, 86_399)];
    const second = `(${least} + Math.floor(Math.random() * ${most - least + 1}))`;
    return `new Date(${second} * 1000).toISOString().slice(11, 19)`;
  },
  uuid: () =>
    '"xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx".replace(/x/g, () => Math.floor(Math.random() * 16).toString(16))',
  email: (field) => `${cutTo(maxLength(field) - '@example.com'.length)} + "@example.com"`,
  url: (field) =>
    `"https://example.com/" + ${cutTo(maxLength(field) - 'https://example.com/'.length)}`,
};

const cutTo = (length: number) => (length < 14 ? `fresh.slice(-${length})` : 'fresh');

function wholeOf(field: ResourceField): string {
  const { min, max } = numericBounds(field);
  const least = Math.ceil(min ?? Math.min(0, max ?? 0));
  const most = Math.floor(max ?? least + 1_000_000_000);
  return `${least} + Math.floor(Math.random() * ${most - least + 1})`;
}
