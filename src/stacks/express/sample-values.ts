import { maxLength, numericBounds } from '../../manifest/sizes.ts';
import { addressEnd, longAddress } from '../endpoint/long-address.ts';
import type { ResourceField } from '../resource.ts';
import { toLiteral } from '../typescript/literal.ts';

/** A value that a field must refuse, and what is wrong with it. */
export type WrongValue = { problem: string; value: string };

/** A value that a field accepts, at one of its limits. */
export type ExtremeValue = { which: string; value: string };

export function textOf(field: ResourceField): string {
  const { name, list } = field;
  const { min = 0 } = numericBounds(field);
  const length = name.length + 5;
  const longest = maxLength(field);
  if (list) return `\`${name} \${serial}\``;
  if (longest < 4) return `serial.slice(${-longest})`;
  if (longest < length) return min > 4 ? `serial.padEnd(${min}, '.')` : 'serial';
  return min > length ? `\`${name} \${serial}\`.padEnd(${min}, '.')` : `\`${name} \${serial}\``;
}

export function wholeOf(field: ResourceField): string {
  const { min, max } = numericBounds(field);
  if (min === undefined && max === undefined) return 'count';
  const least = min ?? (max ?? 0) - 1000;
  if (max === undefined) return `${least} + count`;
  return max === least ? String(least) : `${least} + (count % ${Math.min(max - least + 1, 1000)})`;
}

export function fractionOf(field: ResourceField): string {
  const { min, max } = numericBounds(field);
  if (min === undefined && max === undefined) return 'count + 0.5';
  if (max === undefined) return `${min} + count + 0.5`;
  if (min === undefined) return `${max} - count - 0.5`;
  return `${min} + ((count % 8) * ${max - min}) / 8`;
}

export function decimalOf(field: ResourceField): string {
  const { min, max } = numericBounds(field);
  const least = Math.ceil(min ?? Math.min(0, (max ?? 0) - 1000));
  const span = max === undefined ? 1000 : Math.floor(max) - least;
  if (span < 1) return toLiteral(String(min ?? max));
  const steps = span >= 1000 ? 'count' : `(count % ${span})`;
  const whole = least === 0 ? steps.replace(/^\((.*)\)$/, '$1') : `${least} + ${steps}`;
  return `\`\${${whole}}.${least < 0 ? '00' : '50'}\``;
}

/** Texts whose length the field refuses. */
export function wrongLengths(field: ResourceField): WrongValue[] {
  const { min = field.optional ? 0 : 1 } = numericBounds(field);
  const tooLong = { problem: 'too long', value: `'x'.repeat(${maxLength(field) + 1})` };
  const tooShort = { problem: 'too short', value: toLiteral('x'.repeat(Math.max(0, min - 1))) };
  return min > 0 ? [tooLong, tooShort] : [tooLong];
}

/** Numbers just beyond the bounds of a field. */
export function wrongNumbers(
  field: ResourceField,
  write: (value: number) => string = String,
): WrongValue[] {
  const { min, max } = numericBounds(field);
  return [
    ...(min === undefined ? [] : [{ problem: 'too small', value: write(min - 1) }]),
    ...(max === undefined ? [] : [{ problem: 'too big', value: write(max + 1) }]),
  ];
}

export function extremeLengths(field: ResourceField): ExtremeValue[] {
  const { min = field.optional ? 0 : 1 } = numericBounds(field);
  const most = maxLength(field);
  const longest = { which: 'the longest', value: `'x'.repeat(${most})` };
  return [
    longest,
    ...(min === most ? [] : [{ which: 'the shortest', value: toLiteral('x'.repeat(min)) }]),
  ];
}

export function extremeNumbers(
  field: ResourceField,
  write: (value: number) => string = String,
): ExtremeValue[] {
  const { min, max } = numericBounds(field);
  return [
    ...(min === undefined ? [] : [{ which: 'the least', value: write(min) }]),
    ...(max === undefined ? [] : [{ which: 'the most', value: write(max) }]),
  ];
}

/** Texts longer than a part that they must have: at the greatest length, and beyond. */
function lengthened(part: string, filled: (length: number) => string) {
  return {
    outside: (field: ResourceField): WrongValue[] => [
      { problem: 'too long', value: filled(maxLength(field) + 1) },
    ],
    extremes: (field: ResourceField): ExtremeValue[] =>
      maxLength(field) > part.length
        ? [{ which: 'the longest', value: filled(maxLength(field)) }]
        : [],
  };
}

const site = 'https://example.com/';
export const longUrls = lengthened(site, (length) => `${toLiteral(site)}.padEnd(${length}, 'x')`);

export const longAddresses = lengthened(addressEnd, (length) => {
  const { local, labels } = longAddress(length);
  return `\`${local}@\${'x.'.repeat(${labels})}example.com\``;
});
