import { maxLength } from '../../manifest/sizes.ts';
import type { ResourceField } from '../resource.ts';
import { toLiteral } from '../typescript/literal.ts';

/**
 * An expression for a valid value, a different one for each `count` where the field can tell that
 * many apart. `serial` is the count in four digits, `day` a time that many days into 2026.
 */
export function sampleOf(field: ResourceField): string {
  if (!field.list) return itemOf(field);
  const { min = 1 } = field;
  if (min > 1) return `Array.from({ length: ${min} }, () => ${itemOf(field)})`;
  return `[${itemOf({ ...field, min: undefined, max: undefined })}]`;
}

/** How many rows with different values there can be. */
export function capacityOf({ type, values, min, max, unique }: ResourceField): number {
  if (!unique) return Infinity;
  if (type === 'enum') return values.length;
  if (type === 'integer' && min !== undefined && max !== undefined) return max - min + 1;
  return Infinity;
}

/** Values that the field must refuse, and what is wrong with each. */
export function invalidValues(field: ResourceField): { problem: string; value: string }[] {
  const wrongType = { problem: 'the wrong type', value: wrongTypeOf(field) };
  return [wrongType, ...(field.list ? [] : [...malformed(field), ...outOfBounds(field)])];
}

/** A value of a type that the field does not have. */
export function wrongTypeOf({ type, list }: ResourceField): string {
  return type === 'json' && !list ? "'text'" : '{ wrong: true }';
}

function itemOf(field: ResourceField): string {
  const { name, type, values, parent, circular } = field;
  switch (type) {
    case 'string':
    case 'text':
      return textOf(field);
    case 'integer':
      return wholeOf(field);
    case 'number':
      return fractionOf(field);
    case 'decimal':
      return decimalOf(field);
    case 'boolean':
      return 'count % 2 === 0';
    case 'date':
      return 'day.slice(0, 10)';
    case 'datetime':
      return 'day';
    case 'uuid':
      return 'randomUUID()';
    case 'email':
      return '`person${serial}@example.com`';
    case 'url':
      return '`https://example.com/${serial}`';
    case 'json':
      return '{ count }';
    case 'enum':
      return `${name}Values[count % ${values.length}] ?? ${toLiteral(values[0] ?? '')}`;
    case 'ref':
      return !parent || circular ? 'null' : `(await insert${parent.names.Singular}(db)).id`;
  }
}

function textOf(field: ResourceField): string {
  const { name, list, min = 0 } = field;
  const length = name.length + 5;
  const longest = maxLength(field);
  if (list) return `\`${name} \${serial}\``;
  if (longest < 4) return `serial.slice(${-longest})`;
  if (longest < length) return min > 4 ? `serial.padEnd(${min}, '.')` : 'serial';
  return min > length ? `\`${name} \${serial}\`.padEnd(${min}, '.')` : `\`${name} \${serial}\``;
}

function wholeOf({ min, max }: ResourceField): string {
  if (min === undefined && max === undefined) return 'count';
  const least = min ?? (max ?? 0) - 1000;
  if (max === undefined) return `${least} + count`;
  return max === least ? String(least) : `${least} + (count % ${Math.min(max - least + 1, 1000)})`;
}

function fractionOf({ min, max }: ResourceField): string {
  if (min === undefined && max === undefined) return 'count + 0.5';
  if (max === undefined) return `${min} + count + 0.5`;
  if (min === undefined) return `${max} - count - 0.5`;
  return `${min} + ((count % 8) * ${max - min}) / 8`;
}

function decimalOf({ min, max }: ResourceField): string {
  const least = Math.ceil(min ?? Math.min(0, (max ?? 0) - 1000));
  const span = max === undefined ? 1000 : Math.floor(max) - least;
  if (span < 1) return toLiteral(String(min ?? max));
  const steps = span >= 1000 ? 'count' : `(count % ${span})`;
  const whole = least === 0 ? steps.replace(/^\((.*)\)$/, '$1') : `${least} + ${steps}`;
  return `\`\${${whole}}.${least < 0 ? '00' : '50'}\``;
}

function malformed({ type }: ResourceField): { problem: string; value: string }[] {
  const words = { 'what cannot be stored': "'\\u0000'", 'white space alone': "' '" };
  const values: Partial<Record<ResourceField['type'], Record<string, string>>> = {
    string: words,
    text: words,
    integer: { 'a fraction': '1.5' },
    decimal: { 'a number that lost its digits': '1.5' },
    date: { 'a day that does not exist': "'2026-02-30'" },
    datetime: { 'a time without an offset': "'2026-01-31T10:00:00'" },
    uuid: { 'no UUID': "'1234'" },
    email: { 'no address': "'nobody'" },
    url: { 'another scheme': "'ftp://example.com'", 'a space': "'https://example.com/a b'" },
    enum: { 'a value that is not listed': "'?'" },
    ref: { 'no id': "'1234'" },
  };
  return Object.entries(values[type] ?? {}).map(([problem, value]) => ({ problem, value }));
}

function outOfBounds(field: ResourceField): { problem: string; value: string }[] {
  const { type, min, max } = field;
  if (type === 'string' || type === 'text') {
    const short = min ?? (field.optional ? 0 : 1);
    const tooLong = { problem: 'too long', value: `'x'.repeat(${maxLength(field) + 1})` };
    const tooShort = { problem: 'too short', value: toLiteral('x'.repeat(Math.max(0, short - 1))) };
    return short > 0 ? [tooLong, tooShort] : [tooLong];
  }
  if (type !== 'integer' && type !== 'number' && type !== 'decimal') return [];
  const write = (value: number) => (type === 'decimal' ? toLiteral(String(value)) : String(value));
  return [
    ...(min === undefined ? [] : [{ problem: 'too small', value: write(min - 1) }]),
    ...(max === undefined ? [] : [{ problem: 'too big', value: write(max + 1) }]),
  ];
}
