import { translateDatabaseError } from '../http/database-errors.ts';
import { HttpError } from '../http/errors.ts';

/** Does the work; errors name fields as an old version of the API does. */
export async function inOldNames<T>(
  names: Record<string, string>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const known = error instanceof HttpError ? error : translateDatabaseError(error);
    if (known?.details === undefined) throw error;
    const { status, code, message, headers, cause } = known;
    const details = known.details.map(({ field, ...rest }) => {
      const [first = '', ...path] = field.split('.');
      return { ...rest, field: [names[first] ?? first, ...path].join('.') };
    });
    throw new HttpError(status, code, message, { details, headers, cause });
  }
}
