import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { pino } from 'pino';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { openDatabase } from './db/database.ts';
import { migrateToLatest, pendingMigrations } from './db/migrations.ts';
import { openRedis } from './redis.ts';

if (existsSync('.env')) process.loadEnvFile('.env');

/** How long requests under way may take to finish after SIGTERM, in milliseconds. */
const drainTimeout = 10_000;

async function start(): Promise<void> {
  const config = readConfig(process.env);
  const logger = pino({ level: config.logLevel, timestamp: pino.stdTimeFunctions.isoTime });
  const db = await openDatabase(config.database);

  if (config.database.kind === 'embedded') {
    for (const name of await migrateToLatest(db)) logger.info({ migration: name }, 'migrated');
  } else {
    const pending = await pendingMigrations(db).catch((error: unknown) => {
      logger.error({ err: error }, 'the database does not answer; /ready says when it does');
      return [];
    });
    if (pending.length > 0)
      logger.warn({ pending }, 'run `npm run migrate` before taking requests');
  }

  const redis = config.redisUrl ? openRedis(config.redisUrl, logger) : undefined;
  const server = createServer(createApp({ config, db, logger, redis }));
  server.listen({ port: config.port, host: config.host });
  server.once('listening', () => logger.info({ address: server.address() }, 'listening'));
  server.once('error', (error) => {
    logger.fatal({ err: error }, 'cannot listen');
    process.exitCode = 1;
    redis?.disconnect();
    void db.destroy();
  });

  const stop = (signal: NodeJS.Signals) => {
    logger.info({ signal }, 'finishing the requests under way');
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    const patience = setTimeout(() => server.closeAllConnections(), drainTimeout);
    server.close(async () => {
      clearInterval(idle);
      clearTimeout(patience);
      redis?.disconnect();
      await db.destroy();
      logger.info('stopped');
    });
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

start().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
