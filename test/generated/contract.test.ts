import { afterAll, beforeAll, describe, vi } from 'vitest';
import { type Api, createApi } from './contract/api.ts';
import { fuzzContract } from './contract/fuzz.ts';
import { inputContract } from './contract/input.ts';
import { listsContract } from './contract/lists.ts';
import { protocolContract } from './contract/protocol.ts';
import { rowsContract } from './contract/rows.ts';
import { versionsContract } from './contract/versions.ts';
import { createDatabase } from './postgres.ts';
import { everyEndpoint, everyEndpointOnFastapi, ownFolder } from './projects.ts';
import { mustRun } from './run.ts';
import { type Server, startServer } from './servers.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 240_000 });

const express = { make: everyEndpoint, start: 'npm start' };
const fastapi = { make: everyEndpointOnFastapi, start: '.venv/bin/python -m app' };

const services = [
  {
    name: 'Express on PGlite',
    ...express,
    open: async () => ({
      env: { DATA_DIR: await ownFolder('contract-data') },
      drop: async () => {},
    }),
  },
  {
    name: 'Express on PostgreSQL',
    ...express,
    open: () => migrated('npm run migrate', everyEndpoint()),
  },
  {
    name: 'FastAPI on PostgreSQL',
    ...fastapi,
    open: () => migrated('.venv/bin/python -m app.db.migrate', everyEndpointOnFastapi()),
  },
];

async function migrated(command: string, project: Promise<string>) {
  const { url, drop } = await createDatabase();
  const env = { DATABASE_URL: url };
  await mustRun(command, await project, env);
  return { env, drop };
}

describe.each(services)('$name', ({ open, make, start }) => {
  let server: Server | undefined;
  let drop: (() => Promise<void>) | undefined;
  let api: Api;
  beforeAll(async () => {
    const project = await make();
    const database = await open();
    drop = database.drop;
    server = await startServer(project, { LOG_LEVEL: 'info', ...database.env }, start);
    api = createApi(server.url);
  });
  afterAll(async () => {
    await server?.stop();
    await drop?.();
  });

  describe('protocol', () => protocolContract(() => api));
  describe('rows', () => rowsContract(() => api));
  describe('versions', () => versionsContract(() => api));
  describe('lists', () => listsContract(() => api));
  describe('input', () => inputContract(() => api));
  describe('fuzz', () => fuzzContract(() => api));
});
