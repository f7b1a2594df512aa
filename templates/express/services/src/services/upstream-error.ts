import { BrokenCircuitError, BulkheadRejectedError } from 'cockatiel';
import { HttpError } from '../http/errors.ts';

/** Why a call to another service failed. */
export type Failure =
  | 'unset'
  | 'open'
  | 'busy'
  | 'unreachable'
  | 'timeout'
  | 'cancelled'
  | 'limited'
  | 'refused'
  | 'failed'
  | 'redirected'
  | 'garbage'
  | 'too large';

/** The service did not answer, or may do so later. */
const unavailable: ReadonlySet<Failure> = new Set([
  'unset',
  'open',
  'busy',
  'unreachable',
  'timeout',
  'cancelled',
  'limited',
]);

const temporary: ReadonlySet<Failure> = new Set(['unreachable', 'timeout', 'limited', 'failed']);

type Extra = {
  /** The status of the answer. */
  status?: number | undefined;
  /** How long to wait, in milliseconds, as the service says. */
  retryAfter?: number | undefined;
  problems?: readonly string[];
  cause?: unknown;
};

/** A call to another service failed. Clients learn only that: 503 if it is away, 502 otherwise. */
export class UpstreamError extends HttpError {
  readonly upstream: string;
  readonly kind: Failure;
  readonly upstreamStatus: number | undefined;
  readonly retryAfter: number | undefined;
  readonly problems: readonly string[];

  constructor(upstream: string, kind: Failure, extra: Extra = {}) {
    const isAway = unavailable.has(kind);
    super(isAway ? 503 : 502, 'UPSTREAM_UNAVAILABLE', 'A service that this needs is unavailable', {
      headers: isAway
        ? { 'Retry-After': String(Math.ceil((extra.retryAfter ?? 5000) / 1000)) }
        : {},
      cause: extra.cause ?? `${upstream}: ${kind}`,
    });
    this.upstream = upstream;
    this.kind = kind;
    this.upstreamStatus = extra.status;
    this.retryAfter = extra.retryAfter;
    this.problems = extra.problems ?? [];
  }

  /** Whether the same call may work soon. */
  get isTemporary(): boolean {
    return temporary.has(this.kind);
  }

  /** Any error of a call as one of these. */
  static of(upstream: string, error: unknown): UpstreamError {
    if (error instanceof UpstreamError) return error;
    if (error instanceof BrokenCircuitError) return new UpstreamError(upstream, 'open');
    if (error instanceof BulkheadRejectedError) return new UpstreamError(upstream, 'busy');
    const name = error instanceof Error ? error.name : '';
    const isLate = ['TimeoutError', 'AbortError', 'TaskCancelledError'].includes(name);
    return new UpstreamError(upstream, isLate ? 'timeout' : 'unreachable', { cause: error });
  }
}
