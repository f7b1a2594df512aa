import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { service } from '../services/service.ts';
import { newProject } from './projects.ts';

type Client = {
  connect(): Promise<void>;
  query(sql: string): Promise<{ rows: Record<string, unknown>[] }>;
  end(): Promise<void>;
};

/** A connection to a database, by the driver that the generated project brings along. */
export async function connect(url: string): Promise<Client> {
  const require = createRequire(join(await newProject(), 'package.json'));
  const pg: { Client: new (config: { connectionString: string }) => Client } = require('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

/** A database of its own on the server, and how to drop it. */
export async function createDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `generated_${randomBytes(6).toString('hex')}`;
  await execute(`create database ${name}`);
  const url = new URL(await service('PostgreSQL'));
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => execute(`drop database ${name} with (force)`) };
}

async function execute(sql: string): Promise<void> {
  const client = await connect(await service('PostgreSQL'));
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
