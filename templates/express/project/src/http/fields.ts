import * as z from 'zod';
import { atLeast, atMost } from './decimals.ts';
import { isContainer, lossIn } from './json-text.ts';
import { notAfter, notBefore } from './times.ts';

/**
 * Schemas for the field types of the API. Values that PostgreSQL cannot store are refused here, so
 * that the response is a 422 that names the field.
 */

type Length = { min?: number; max: number };

const notStored = 'Invalid input: contains a character that cannot be stored';
// biome-ignore lint/suspicious/noControlCharactersInRegex: PostgreSQL cannot store this character
const onlyStorable = /^[^\u0000\ud800-\udfff]*$/u;

const lengthOf = (value: string) => [...value].length;

/** Counts code points, as PostgreSQL and OpenAPI do: an emoji is one character. */
export const characters = ({ min = 0, max }: Length) =>
  z
    .string()
    .refine((value) => lengthOf(value) >= min, `Too small: expected >=${min} characters`)
    .refine((value) => lengthOf(value) <= max, `Too big: expected <=${max} characters`)
    .meta({ ...(min > 0 && { minLength: min }), maxLength: max });

/** Any text that a column can store. */
export const storable = (length?: Length) =>
  (length ? characters(length) : z.string()).regex(onlyStorable, notStored);

/** Text that does not consist of white space only. */
export const text = ({ min = 0, max }: Length) =>
  storable({ min, max }).regex(min > 0 ? /\S/ : /^$|\S/, 'Invalid input: must not be blank');

/** At most 64 characters before the `@` (RFC 5321); labels of at most 63, none with a hyphen last. */
const mailable = /^[^@]{1,64}@(?!.*-\.)(?!.*[^.]{64})/;

export const email = ({ min = 0, max }: Length) =>
  z.email().regex(mailable, 'Invalid email address').min(min).max(max).toLowerCase();

/** Characters that must be escaped in a URL (RFC 3986). Quotes could also end an HTML attribute. */
const outsideUrls = '\\s"\'<>\\\\^`{|}\\u0000-\\u001f\\u007f\\ud800-\\udfff';
const webAddress = new RegExp(`^https?://[^${outsideUrls}]+$`, 'u');

export const url = ({ min = 0, max }: Length) =>
  characters({ min, max })
    .regex(webAddress, {
      error: 'Invalid URL: expected http or https without spaces or quotes',
      abort: true,
    })
    .refine((value) => URL.canParse(value), 'Invalid URL')
    .meta({ format: 'iri' });

/** Sent as a string, since a JSON number would lose digits. */
export function decimal({ min, max }: { min?: number; max?: number } = {}) {
  let schema = z.string().regex(/^-?(0|[1-9]\d{0,17})(\.\d{1,9})?$/, {
    error: 'Invalid decimal: expected a string like "12.50"',
    abort: true,
  });
  if (min !== undefined) schema = schema.regex(atLeast(min), `Too small: expected >=${min}`);
  if (max !== undefined) schema = schema.regex(atMost(max), `Too big: expected <=${max}`);
  return schema;
}

/** `2026-01-31` */
export const date = () => z.iso.date().regex(/^(?!0000)/, 'Invalid ISO date');

/** `10:30` or `10:30:15`, without a time zone. Stored and returned with seconds: `10:30:00`. */
export function time({ min, max }: { min?: string; max?: string } = {}) {
  let schema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, {
    error: 'Invalid time: expected a string like "10:30" or "10:30:15"',
    abort: true,
  });
  if (min !== undefined) schema = schema.regex(notBefore(min), `Too small: expected >=${min}`);
  if (max !== undefined) schema = schema.regex(notAfter(max), `Too big: expected <=${max}`);
  return schema.overwrite((value) => value.padEnd(8, ':00'));
}

/** Requires seconds (RFC 3339) and a year that has four digits after conversion to UTC. */
const instant = /^(?!0000|0001-01-01T.*\+|9999-12-31T.*-\d\d:).{16}:/;

/** ISO 8601 with an offset. Stored and returned in UTC with milliseconds. */
export const dateTime = () =>
  z.iso
    .datetime({ offset: true, abort: true })
    .regex(instant, { error: 'Invalid ISO datetime', abort: true })
    .overwrite((value) => new Date(value).toISOString());

type Json = Record<string, unknown> | unknown[];

/** The value is not copied, since zod would drop a key named `__proto__`. */
const anything: z.ZodType<Json> = z.any();

/** A JSON object or array. */
export const json = () =>
  anything
    .refine(isContainer, { error: 'Invalid input: expected object or array', abort: true })
    .refine((value) => !/(?<!\\)(\\\\)*\\u(0000|d[89a-f])/.test(JSON.stringify(value)), notStored)
    .refine((value) => lossIn(value) === undefined, {
      error: ({ input }) => `Invalid input: ${lossIn(input)}`,
    })
    .meta({
      override: ({ jsonSchema }: { jsonSchema: object }) => {
        Object.assign(jsonSchema, { anyOf: [{ type: 'object' }, { type: 'array', items: {} }] });
      },
    });

export const list = <T extends z.ZodType>(item: T, { min = 0, max }: Length) =>
  z.array(item).min(min).max(max);
