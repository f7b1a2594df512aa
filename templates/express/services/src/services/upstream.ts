import { setTimeout as sleep } from 'node:timers/promises';
import { bulkhead, CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type * as z from 'zod';
import { currentRequest } from './current-request.ts';
import { type Asked, fetchJson } from './fetch-json.ts';
import { UpstreamError } from './upstream-error.ts';
import { measureUpstream } from './upstream-metrics.ts';

export type UpstreamSettings = {
  /** Undefined: every call fails. */
  url: string | undefined;
  /** Sent as a bearer token, and never logged. */
  key: string | undefined;
};

export type UpstreamParts = { logger: Logger; metrics?: Registry | undefined };

/** The limits of calls to a service, times in milliseconds. */
export type Limits = {
  /** How long one attempt may take, and all of them with their pauses. */
  timeout: number;
  deadline: number;
  attempts: number;
  /** The longest pause before the second attempt; it doubles from one to the next. */
  pause: number;
  /** How many calls run at once, and how many wait. */
  concurrent: number;
  waiting: number;
  /** How many failures in a row open the circuit, and how long it stays open. */
  failures: number;
  openFor: number;
  /** The largest response, in bytes. */
  largest: number;
};

const usual: Limits = {
  timeout: 3000,
  deadline: 10_000,
  attempts: 3,
  pause: 200,
  concurrent: 20,
  waiting: 20,
  failures: 5,
  openFor: 10_000,
  largest: 1_000_000,
};

export type Call<T> = Omit<Asked, 'signal'> & {
  schema: z.ZodType<T>;
  /** Whether it may be sent again. Default: it may, unless it is a POST or PATCH without a key. */
  isRepeatable?: boolean;
  /** Aborts the call, for example when the client is gone. */
  signal?: AbortSignal;
  /** What takes the place of an answer where the service fails. Default: the error is thrown. */
  fallback?: (error: UpstreamError) => T | Promise<T>;
};

export type Upstream = ReturnType<typeof createUpstream>;

/**
 * A client of another service. A call ends within its deadline: with a checked answer, or with an
 * `UpstreamError`, which clients of this API get as 502 or 503 `UPSTREAM_UNAVAILABLE`.
 */
export function createUpstream(
  name: string,
  { url, key }: UpstreamSettings,
  { logger, metrics }: UpstreamParts,
  own: Partial<Limits> = {},
) {
  const limits = { ...usual, ...own };
  const breaker = circuitBreaker(
    handleWhen((error) => countsAsFailure(error, breaker.state)),
    {
      breaker: new ConsecutiveBreaker(limits.failures),
      halfOpenAfter: limits.openFor,
    },
  );
  const room = bulkhead(limits.concurrent, limits.waiting);
  let openUntil = 0;
  // It ends by itself: without new calls, a breaker would not notice that the service is back.
  const isOpen = () => breaker.state === CircuitState.Open && performance.now() < openUntil;
  const measure = metrics && measureUpstream(metrics, name, isOpen);
  breaker.onBreak(() => {
    openUntil = performance.now() + limits.openFor;
    logger.error({ upstream: name }, 'the circuit is open');
  });
  breaker.onReset(() => logger.info({ upstream: name }, 'the circuit is closed'));

  async function attempt<T>(call: Call<T>, signal: AbortSignal): Promise<T> {
    const { schema, ...asked } = call;
    if (url === undefined) throw new UpstreamError(name, 'unset');
    const startedAt = performance.now();
    const { requestId, traceparent } = currentRequest();
    let outcome = 'ok';
    try {
      const json = await fetchJson(name, url, {
        ...asked,
        signal: AbortSignal.any([signal, AbortSignal.timeout(limits.timeout)]),
        largest: limits.largest,
        headers: {
          ...asked.headers,
          ...(key !== undefined && { Authorization: `Bearer ${key}` }),
          ...(requestId !== undefined && { 'X-Request-Id': requestId }),
          ...(traceparent !== undefined && { traceparent }),
        },
      });
      const parsed = schema.safeParse(json);
      if (parsed.success) return parsed.data;
      // The problems have paths and no values, which may be secret.
      const problems = parsed.error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`);
      throw new UpstreamError(name, 'garbage', { problems });
    } catch (error) {
      const failure = failureOf(name, call, error);
      outcome = failure.kind;
      throw failure;
    } finally {
      const duration = performance.now() - startedAt;
      measure?.(outcome, duration / 1000);
      if (outcome !== 'ok' && outcome !== 'cancelled') {
        const durationMs = Math.round(duration);
        logger.warn({ upstream: name, outcome, durationMs, requestId }, 'a call failed');
      }
    }
  }

  async function attempts<T>(call: Call<T>, signal: AbortSignal, endsAt: number): Promise<T> {
    for (let count = 1; ; count += 1) {
      try {
        return await breaker.execute(() => attempt(call, signal));
      } catch (error) {
        const failure = UpstreamError.of(name, error);
        const pause = failure.retryAfter ?? Math.random() * limits.pause * 2 ** (count - 1);
        const hasTime = performance.now() + pause < endsAt;
        const isLast = count >= limits.attempts || !hasTime || signal.aborted;
        if (isLast || !mayRepeat(call) || !failure.isTemporary) throw failure;
        await sleep(pause, undefined, { signal });
      }
    }
  }

  return {
    name,
    /** Whether calls are refused at once, since too many have failed. */
    isOpen,

    async call<T>(call: Call<T>): Promise<T> {
      const endsAt = performance.now() + limits.deadline;
      const deadline = AbortSignal.timeout(limits.deadline);
      const signal = call.signal ? AbortSignal.any([deadline, call.signal]) : deadline;
      try {
        return await room.execute(() => attempts(call, signal, endsAt), signal);
      } catch (error) {
        const failure = failureOf(name, call, error);
        if (call.fallback && failure.kind !== 'refused') return call.fallback(failure);
        throw failure;
      }
    },
  };
}

/** What its caller aborted says nothing of the service: in the call that tries, it stays open. */
function countsAsFailure(error: Error, state: CircuitState): boolean {
  const kind = error instanceof UpstreamError ? error.kind : undefined;
  return kind === 'cancelled' ? state === CircuitState.HalfOpen : kind !== 'refused';
}

const failureOf = (name: string, { signal }: Call<unknown>, error: unknown) =>
  signal?.aborted
    ? new UpstreamError(name, 'cancelled', { cause: error })
    : UpstreamError.of(name, error);

const mayRepeat = ({ method, isRepeatable, idempotencyKey }: Call<unknown>) =>
  isRepeatable ?? (!['POST', 'PATCH'].includes(method) || idempotencyKey !== undefined);
