import * as z from 'zod';
import { text } from './fields.ts';

const digits = (pattern: RegExp, expected: string) =>
  z.string().regex(pattern, `Invalid input: expected ${expected}`).transform(Number);

/** Query parameters are text: these turn it into the value, or say what was expected. */
export const queryInteger = digits(/^-?\d{1,10}$/, 'an integer')
  .pipe(z.int32())
  .meta({ override: { type: 'integer' } });
export const queryNumber = digits(/^-?\d{1,300}(\.\d{1,300})?$/, 'a number').meta({
  override: { type: 'number' },
});
export const queryBoolean = z
  .enum(['true', 'false'])
  .transform((value) => value === 'true')
  .meta({ override: { type: 'boolean' } });

export const querySearch = text({ min: 1, max: 100 });

const pageSize = queryInteger.pipe(z.int().min(1).max(100)).default(20);

export const sortOrder = z.enum(['asc', 'desc']).default('desc');

/** `?limit=20&cursor=…`: the cursor is what the page before gave as `nextCursor`. */
export const cursorQuery = {
  limit: pageSize,
  cursor: z.string().max(2000).optional(),
};

/** `?page=1&perPage=20` */
export const pageQuery = {
  page: queryInteger.pipe(z.int().min(1)).default(1),
  perPage: pageSize,
};
