import * as z from 'zod';

const environment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: z.string().min(1).optional(),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  BODY_LIMIT: z
    .string()
    .regex(/^\d+(kb|mb)$/, 'Expected a size like 100kb')
    .default('100kb'),
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
  return {
    env: NODE_ENV,
    host: HOST,
    port: PORT,
    bodyLimit: BODY_LIMIT,
    logLevel: LOG_LEVEL,
    database: DATABASE_URL
      ? { kind: 'postgres', url: DATABASE_URL }
      : { kind: 'embedded', folder: DATA_DIR },
  };
}
