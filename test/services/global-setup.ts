import { createServer } from 'node:http';
import type { TestProject } from 'vitest/node';
import { findChromium, removeChromium } from './chromium.ts';
import { howToInstall, type Name } from './install.ts';
import { Missing, stopAll } from './keep.ts';
import { findPgbouncer } from './pgbouncer.ts';
import { findPostgres } from './postgres.ts';
import { findRedis } from './redis.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where a test asks for what it needs beside Node. */
    services: string;
  }
}

const find: Record<Name, () => Promise<string>> = {
  PostgreSQL: findPostgres,
  PgBouncer: findPgbouncer,
  Redis: findRedis,
  Chromium: findChromium,
};

/**
 * Finds or starts what the tests need beside Node, each when it is first asked for and once for a
 * run. What cannot be had fails the tests that need it, and is told at the end of the run.
 */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const found = new Map<string, Promise<string>>();
  const missing = new Set<Name>();
  const server = createServer(async ({ url = '' }, response) => {
    try {
      const start = Object.entries(find).find(([name]) => url === `/${name}`)?.[1];
      if (start === undefined) throw new Error(`no service at ${url}`);
      if (!found.has(url)) found.set(url, start());
      response.end(await found.get(url));
    } catch (error) {
      if (error instanceof Missing) missing.add(error.what);
      response.writeHead(503).end(error instanceof Error ? error.message : String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  provide('services', `http://127.0.0.1:${address instanceof Object ? address.port : 0}`);
  return async () => {
    server.close();
    await stopAll();
    await removeChromium();
    if (missing.size > 0) console.error(`\n${howToInstall([...missing])}`);
  };
}
