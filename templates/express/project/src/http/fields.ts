import * as z from 'zod';
import { isContainer, lossIn } from './json-text.ts';

/**
 * The kinds of value that the API takes and gives. What PostgreSQL could not store is refused here,
 * so that it becomes a 422 that names the field.
 */

type Length = { min?: number; max: number };

const notStored = 'Invalid input: contains a character that cannot be stored';
const isStorable = (value: string) => !/[\0\p{Surrogate}]/u.test(value);

/** Whatever text a column may hold. */
export const storable = () => z.string().refine(isStorable, notStored);

export const text = ({ min = 0, max }: Length) =>
  z.string().min(min).max(max).refine(isStorable, notStored);

export const email = ({ min = 0, max }: Length) => z.email().min(min).max(max).toLowerCase();

export const url = ({ min = 0, max }: Length) =>
  z
    .url({ protocol: /^https?$/, error: 'Invalid URL: expected http or https' })
    .min(min)
    .max(max)
    .refine(isStorable, notStored);

/** Travels as a string: a JSON number would lose digits. */
export const decimal = ({ min = -Infinity, max = Infinity } = {}) =>
  z
    .string()
    .regex(/^-?(0|[1-9]\d{0,17})(\.\d{1,9})?$/, {
      error: 'Invalid decimal: expected a string like "12.50"',
      abort: true,
    })
    .refine((value) => Number(value) >= min, `Too small: expected >=${min}`)
    .refine((value) => Number(value) <= max, `Too big: expected <=${max}`);

const afterYearZero = (value: string) => !value.startsWith('0000');

/** `2026-01-31` */
export const date = () => z.iso.date().refine(afterYearZero, 'Invalid ISO date');

const isTime = (value: string) => /^(?!0000)\d{4}-/.test(new Date(value).toJSON() ?? '');

/** ISO 8601 with an offset; becomes UTC with milliseconds, as it is stored and answered. */
export const dateTime = () =>
  z.iso
    .datetime({ offset: true, abort: true })
    .refine(isTime, { error: 'Invalid ISO datetime', abort: true })
    .overwrite((value) => new Date(value).toISOString());

type Json = Record<string, unknown> | unknown[];

/** Nothing of it is copied, since a copy would lack what is called `__proto__`. */
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
