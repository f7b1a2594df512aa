import { conflict, type HttpError, serviceUnavailable, validationError } from './errors.ts';

type DatabaseError = Error & { code: string; table?: string; constraint?: string; detail?: string };

const isDatabaseError = (error: unknown): error is DatabaseError =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  'severity' in error;

/** Values that no column could hold: malformed, out of range, not text. */
const dataExceptions = new Set(['22P02', '22P05', '22003', '22007', '22008', '22021']);

/** A serialization failure, a deadlock, no resources, no lock, cancelled, shut down, starting. */
const passing = /^(40001|40P01|08...|53...|55P03|57014|57P0[123])$/;
const unreachable =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
/** What the driver says without a code. */
const lost =
  /^(timeout exceeded when trying to connect|timeout expired|Query read timeout|Connection terminated|Client (was closed|has encountered)|Cannot use a pool after|driver has already been destroyed)/;

/**
 * What a violated constraint says about the input: 409 for a value that is taken or a row still in
 * use, 422 for a reference that leads nowhere or a value out of bounds. 503 where the same request
 * may succeed later. Undefined for all else.
 * The codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function translateDatabaseError(error: unknown): HttpError | undefined {
  if (isPassing(error)) return serviceUnavailable(error);
  if (!isDatabaseError(error)) return undefined;
  const field = fieldOf(error);
  switch (error.code) {
    case '23505':
      return conflict('The value is taken', [{ field, message: 'Already exists' }], error);
    case '23001':
      return stillInUse(error);
    case '23503':
      // The key of a row that is referred to is its id; that of a reference never is.
      return error.detail?.includes('(id)=')
        ? stillInUse(error)
        : validationError([{ field, message: 'Does not exist' }]);
    case '23514':
      return validationError([{ field, message: 'Out of bounds' }]);
    case '54000':
      return validationError([{ field: indexedFieldOf(error), message: 'Too long' }]);
    default:
      return dataExceptions.has(error.code) ? validationError([]) : undefined;
  }
}

/** The database is away, overloaded, or out of time; or it asks to try again. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (!('code' in error)) return lost.test(error.message);
  const code = String(error.code);
  if (isDatabaseError(error)) return passing.test(code);
  // The socket of a server on this machine is gone while that is.
  const isSocket = 'syscall' in error && error.syscall === 'connect';
  return unreachable.test(code) || (isSocket && code === 'ENOENT');
}

function stillInUse(error: DatabaseError): HttpError {
  return conflict(`Still in use by ${error.table}`, [], error);
}

/** What is too long for its index has no more than the names in its texts. */
function indexedFieldOf({ message, detail }: DatabaseError): string {
  const [, constraint] = /index "(.+?)"/.exec(message) ?? [];
  const [, table] = /relation "(.+?)"/.exec(detail ?? '') ?? [];
  return fieldOf({ table, constraint });
}

type Names = Pick<DatabaseError, 'table' | 'constraint'>;

/** Constraints are named table_column_kind: `posts_author_id_foreign` is about `authorId`. */
function fieldOf({ table = '', constraint = '' }: Names): string {
  const column = constraint.slice(table.length + 1, constraint.lastIndexOf('_'));
  return column.replace(/_(.)/g, (_all, letter: string) => letter.toUpperCase());
}
