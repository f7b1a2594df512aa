import { IncomingMessage } from 'node:http';
import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';
import type { Config } from './config.ts';
import { pathOf } from './http/request.ts';

/**
 * Properties that are always redacted. This is a safety net: do not log secrets in the first place.
 */
const secret = /password|passphrase|token|secret|cookie|authorization|rawheaders/i;

/** Logs one line of JSON per entry to standard output. */
export function createLogger(
  { logLevel }: Pick<Config, 'logLevel'>,
  destination?: DestinationStream,
): Logger {
  const options = {
    level: logLevel,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }), log: redact },
    serializers: { err: describeError, req: describeRequest },
  };
  return destination ? pino(options, destination) : pino(options);
}

/**
 * Readable lines for a terminal in development. Undefined otherwise, since programs that read the
 * log expect JSON.
 */
export async function openTerminal({ env }: Config): Promise<DestinationStream | undefined> {
  if (env !== 'development' || !process.stdout.isTTY) return undefined;
  const pretty = await import('pino-pretty').catch(() => undefined);
  return pretty?.default({
    translateTime: 'SYS:HH:MM:ss',
    singleLine: true,
    ignore: 'pid,hostname,requestId,ip,method,path,route,status,durationMs',
    messageFormat: ({ msg, method, path, status, durationMs }) =>
      method ? `${method} ${path} ${status}, ${msg} of ${durationMs} ms` : String(msg),
  });
}

/** Pino's own redaction is several times slower and needs exact paths. */
function redact(entry: Record<string, unknown>, depth = 0): Record<string, unknown> {
  // The entry of a request contains nothing to redact, and a copy would double its cost.
  if (Object.keys(entry).every((name) => isHarmless(name, entry[name]))) return entry;
  const safe: Record<string, unknown> = {};
  for (const name of Object.keys(entry)) {
    safe[name] = secret.test(name) ? '[redacted]' : redactValue(entry[name], depth);
  }
  return safe;
}

const isHarmless = (name: string, value: unknown) =>
  !secret.test(name) && (typeof value !== 'object' || value === null);

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth > 5) return value;
  if (Array.isArray(value)) return value.map((each) => redactValue(each, depth + 1));
  return isPlain(value) ? redact(value, depth + 1) : value;
}

function isPlain(value: object): value is Record<string, unknown> {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Logs a request object without its headers and query. */
function describeRequest(request: unknown): unknown {
  if (!(request instanceof IncomingMessage)) return request;
  return { method: request.method, path: pathOf(request.url ?? '') };
}

/**
 * Logs the stack of an error and of its causes. Other properties are left out, since those of a
 * database error contain values of the row.
 */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { type, message, stack, code, table, constraint } = stdSerializers.err(error);
  return { type, message, stack, code, table, constraint };
}
