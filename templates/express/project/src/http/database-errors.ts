import { conflict, type HttpError, serviceUnavailable, validationError } from './errors.ts';

type DatabaseError = Error & { code: string; table?: string; constraint?: string; detail?: string };

const isDatabaseError = (error: unknown): error is DatabaseError =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  'severity' in error;

/** Values that a column cannot store: malformed, out of range, or invalid text. */
const dataExceptions = new Set(['22P02', '22P05', '22003', '22007', '22008', '22021']);

/** Serialization failure, deadlock, lost connection, no resources, no lock, cancelled, shutdown. */
const passing = /^(40001|40P01|08...|53...|55P03|57014|57P0[123])$/;
const unreachable =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
/** Messages of driver errors that have no code. */
const lost =
  /^(timeout exceeded when trying to connect|timeout expired|Query read timeout|Connection terminated|Client (was closed|has encountered)|Cannot use a pool after|driver has already been destroyed)/;

/**
 * Translates a violated constraint: 409 for a duplicate value or a row that is still referenced,
 * 422 for a reference to a missing row or a value out of range. Returns 503 if a retry may succeed,
 * and undefined for any other error. The codes:
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function translateDatabaseError(error: unknown): HttpError | undefined {
  if (isPassing(error)) return serviceUnavailable(error);
  if (!isDatabaseError(error)) return undefined;
  const field = fieldOf(error);
  switch (error.code) {
    case '23505':
      return conflict('A row with this value already exists', [{ field, message: 'Already exists' }], error);
    case '23001':
      return stillInUse(error);
    case '23503':
      // References always point to `id`, so this key belongs to the referenced row.
      return error.detail?.includes('(id)=')
        ? stillInUse(error)
        : validationError([{ field, message: 'Does not exist' }]);
    case '23514':
      return validationError([{ field, message: 'Outside the allowed range' }]);
    case '54000':
      return validationError([{ field: indexedFieldOf(error), message: 'Too long' }]);
    default:
      return dataExceptions.has(error.code) ? validationError([]) : undefined;
  }
}

/** Whether the database is unavailable or overloaded, or the request may be retried. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (!('code' in error)) return lost.test(error.message);
  const code = String(error.code);
  if (isDatabaseError(error)) return passing.test(code);
  // A local server that is down has no Unix socket.
  const isSocket = 'syscall' in error && error.syscall === 'connect';
  return unreachable.test(code) || (isSocket && code === 'ENOENT');
}

function stillInUse(error: DatabaseError): HttpError {
  return conflict(`The row is still referenced by ${error.table}`, [], error);
}

/** A value that is too long for an index: the error has the names only in its texts. */
function indexedFieldOf({ message, detail }: DatabaseError): string {
  const [, constraint] = /index "(.+?)"/.exec(message) ?? [];
  const [, table] = /relation "(.+?)"/.exec(detail ?? '') ?? [];
  return fieldOf({ table, constraint });
}

type Names = Pick<DatabaseError, 'table' | 'constraint'>;

/** Constraints are named table_column_kind: `posts_author_id_foreign` belongs to `authorId`. */
function fieldOf({ table = '', constraint = '' }: Names): string {
  const column = constraint.slice(table.length + 1, constraint.lastIndexOf('_'));
  return column.replace(/_(.)/g, (_all, letter: string) => letter.toUpperCase());
}
