import * as z from 'zod';
import { characters, storable } from './fields.ts';

type Shown = { type: string; minimum?: number; maximum?: number; default?: number };

/** Query parameters are text; the OpenAPI document shows the type of the parsed value. */
const shownAs = (schema: Shown) => ({
  override: ({ jsonSchema }: { jsonSchema: object }) => {
    for (const key of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, key);
    Object.assign(jsonSchema, schema);
  },
});

const digits = (pattern: RegExp, expected: string) =>
  z.string().regex(pattern, `Invalid input: expected ${expected}`).transform(Number);

const [least, most] = [-(2 ** 31), 2 ** 31 - 1];
const integer = digits(/^-?\d{1,10}$/, 'an integer').pipe(z.int32());

export const queryInteger = integer.meta(
  shownAs({ type: 'integer', minimum: least, maximum: most }),
);
export const queryNumber = digits(/^-?\d{1,300}(\.\d{1,300})?(e[+-]?\d{1,3})?$/i, 'a number')
  .pipe(z.number())
  .meta(shownAs({ type: 'number' }));
export const queryBoolean = z
  .enum(['true', 'false'])
  .transform((value) => value === 'true')
  .meta(shownAs({ type: 'boolean' }));

export const querySearch = storable({ min: 1, max: 100 }).optional().meta({
  description:
    'Text to find, ignoring case. A term without three consecutive letters or digits is slow.',
});

export const sortOrder = z.enum(['asc', 'desc']).default('desc');

const pageSize = integer
  .pipe(z.int().min(1).max(100))
  .default(20)
  .meta(shownAs({ type: 'integer', minimum: 1, maximum: 100, default: 20 }));

/** `?limit=20&cursor=…`: the cursor is the `nextCursor` of the previous page. */
export const cursorQuery = {
  limit: pageSize,
  cursor: characters({ min: 1, max: 10_000 }).optional(),
};

/** `?page=1&perPage=20` */
export const pageQuery = {
  page: integer
    .pipe(z.int().min(1))
    .default(1)
    .meta(shownAs({ type: 'integer', minimum: 1, maximum: most, default: 1 })),
  perPage: pageSize,
};
