import { createServer, type Server } from 'node:http';
import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type Database, poolUsage } from '../db/database.ts';
import { routeOf } from './request.ts';

/** Metrics for Prometheus: process, requests by route, database connections. */
export function createMetrics(db: Database): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  if (poolUsage(db)) {
    new Gauge({
      name: 'database_connections',
      help: 'Database connections by state, and requests waiting for one.',
      labelNames: ['state'],
      registers: [registry],
      collect() {
        const usage = Object.entries(poolUsage(db) ?? {});
        for (const [state, count] of usage) this.set({ state }, count);
      },
    });
  }
  return registry;
}

/**
 * Measures every request. Labels use the route pattern, so that the number of series stays small.
 */
export function measureRequests(registry: Registry, basePath: string): RequestHandler {
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of requests by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  return (req, res, next) => {
    const startedAt = performance.now();
    res.once('close', () => {
      const route = routeOf(req, basePath) ?? 'unknown';
      const seconds = (performance.now() - startedAt) / 1000;
      durations.observe({ method: req.method, route, status: res.statusCode }, seconds);
    });
    next();
  };
}

/** Serves `/metrics` on a separate port, so that it is not public together with the API. */
export function createMetricsServer(registry: Registry): Server {
  return createServer(async (req, res) => {
    if (req.method !== 'GET' || req.url !== '/metrics') {
      res.writeHead(404).end();
      return;
    }
    try {
      const text = await registry.metrics();
      res.writeHead(200, { 'Content-Type': registry.contentType }).end(text);
    } catch {
      res.writeHead(500).end();
    }
  });
}
