import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { openDatabase } from './db/database.ts';
import { migrateToLatest, pendingMigrations } from './db/migrations.ts';
import { refuseBrokenRequests } from './http/broken-requests.ts';
import { createDrain } from './http/drain.ts';
import { createMetrics, createMetricsServer } from './http/metrics.ts';
import { createAppServer } from './http/server.ts';
import { createLogger, openTerminal } from './logger.ts';
import { openRedis } from './redis.ts';

if (existsSync('.env')) process.loadEnvFile('.env');

async function start(): Promise<void> {
  const config = readConfig(process.env);
  const logger = createLogger(config, await openTerminal(config));
  const db = await openDatabase(config.database, (error) => {
    logger.warn({ err: error }, 'lost a connection to the database');
  });

  if (config.database.kind === 'embedded') {
    for (const name of await migrateToLatest(db)) logger.info({ migration: name }, 'migrated');
  } else {
    const pending = await pendingMigrations(db).catch((error: unknown) => {
      logger.error({ err: error }, 'the database does not respond; GET /ready reports when it does');
      return [];
    });
    if (pending.length > 0)
      logger.warn({ pending }, 'migrations are pending: run `npm run migrate`');
  }

  const redis = config.redisUrl ? openRedis(config.redisUrl, logger) : undefined;
  const metrics = config.metricsPort === undefined ? undefined : createMetrics(db);
  const stopping = new AbortController();
  const app = createApp({ config, db, logger, redis, metrics, stopping: stopping.signal });
  const { keepAliveTimeout } = config;
  const server = createAppServer(app, { keepAliveTimeout, stopping: stopping.signal });
  server.on('clientError', refuseBrokenRequests(logger));
  const drain = createDrain(server);
  const metricsServer = metrics && createMetricsServer(metrics);

  const close = async () => {
    server.close();
    metricsServer?.close();
    redis?.close();
    await db.destroy();
  };
  const listen = (each: Server, port: number | undefined) => {
    // Node's default backlog of 511 connections is too small for a burst during a database outage.
    each.listen({ port, host: config.host, backlog: 4096 });
    each.once('listening', () => logger.info({ address: each.address() }, 'listening'));
    each.once('error', (error) => {
      logger.fatal({ err: error }, 'cannot listen');
      process.exitCode = 1;
      void close();
    });
  };
  listen(server, config.port);
  if (config.env === 'development' && config.publicUrl) {
    const docs = `${config.publicUrl}/docs`;
    server.once('listening', () => logger.info(`the documentation is at ${docs}`));
  }
  if (metricsServer) listen(metricsServer, config.metricsPort);

  const stop = async (signal: NodeJS.Signals) => {
    logger.info({ signal }, 'shutting down: finishing open requests');
    stopping.abort();
    await drain(config.shutdownDelay);
    await close();
    logger.info('stopped');
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

start().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
