import { createServer } from 'node:http';
import { pino } from 'pino';
import { type AppParts, createApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { emptyTables, testDatabase } from './database.ts';

export type Api = Awaited<ReturnType<typeof startApi>>;

/** The service on a port of its own, with the database of this worker, spoken to over HTTP. */
export async function startApi(env: Record<string, string> = {}, parts: Partial<AppParts> = {}) {
  const db = await testDatabase();
  const config = readConfig({ NODE_ENV: 'test', RATE_LIMIT: '1000000/second', ...env });
  const logger = pino({ level: 'silent' });
  const server = createServer(createApp({ config, db, logger, ...parts }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');

  const send = async (method: string, path: string, init: RequestInit = {}) => {
    const url = `http://127.0.0.1:${address.port}${path}`;
    const response = await fetch(url, { redirect: 'manual', ...init, method });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    const body = isJson ? JSON.parse(text) : text;
    return { status: response.status, headers: response.headers, body };
  };
  const sendData = (method: string) => (path: string, data: unknown) =>
    send(method, path, {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ data }),
    });

  return {
    db,
    send,
    get: (path: string) => send('GET', path),
    post: sendData('POST'),
    put: sendData('PUT'),
    patch: sendData('PATCH'),
    delete: (path: string) => send('DELETE', path),
    reset: () => emptyTables(db),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
