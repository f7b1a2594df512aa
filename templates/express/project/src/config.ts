import * as z from 'zod';
import { ratePattern } from './http/rate-limit.ts';

const environment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: z.string().min(1).optional(),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  BODY_LIMIT: z
    .string()
    .regex(/^\d+(kb|mb)$/, 'Expected a size like 100kb')
    .default('100kb'),
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((origin) => origin.trim() || []))
    .pipe(
      z.array(z.url({ protocol: /^https?$/, error: 'Expected origins like https://example.com' })),
    ),
  TRUST_PROXY: z
    .string()
    .default('')
    .transform((text) => (/^\d+$/.test(text) ? Number(text) : text.split(',').filter(Boolean))),
  RATE_LIMIT: z
    .string()
    .regex(ratePattern, 'Expected a rate like 300/minute')
    .default('300/minute'),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'Expected redis://…' }).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'Expected postgres://…' }).optional(),
  DATA_DIR: z.string().min(1).default('.data'),
});

export type Config = {
  env: 'development' | 'test' | 'production';
  /** Undefined listens on every interface. */
  host: string | undefined;
  port: number;
  bodyLimit: string;
  /** Whose pages may call this API from a browser. */
  corsOrigins: string[];
  /** The proxies before this server: how many, or their addresses. */
  trustProxy: number | string[];
  rateLimit: string;
  redisUrl: string | undefined;
  logLevel: string;
  /** A PostgreSQL server, or PGlite (PostgreSQL in this process) with its files in a folder. */
  database: { kind: 'postgres'; url: string } | { kind: 'embedded'; folder: string };
};

/**
 * Reads the settings from environment variables. An empty variable counts as absent.
 * Throws one error that lists every missing or bad variable.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const present = Object.entries(env).filter(([, value]) => value !== '');
  const parsed = environment.safeParse(Object.fromEntries(present));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `  ${path.join('.')}: ${message}`,
    );
    throw new Error(`The environment is not complete (see .env.example):\n${problems.join('\n')}`);
  }
  const { NODE_ENV, HOST, PORT, BODY_LIMIT, LOG_LEVEL, DATABASE_URL, DATA_DIR } = parsed.data;
  const { CORS_ORIGINS, TRUST_PROXY, RATE_LIMIT, REDIS_URL } = parsed.data;
  return {
    env: NODE_ENV,
    host: HOST,
    port: PORT,
    bodyLimit: BODY_LIMIT,
    corsOrigins: CORS_ORIGINS,
    trustProxy: TRUST_PROXY,
    rateLimit: RATE_LIMIT,
    redisUrl: REDIS_URL,
    logLevel: LOG_LEVEL,
    database: DATABASE_URL
      ? { kind: 'postgres', url: DATABASE_URL }
      : { kind: 'embedded', folder: DATA_DIR },
  };
}
