import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { parseManifest } from '../../src/manifest/manifest.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { accountsManifest, emptyManifest } from '../stacks/manifests.ts';
import { seeded } from '../walks/random.ts';
import { differ, tell } from './differ/differ.ts';
import { anyEndpoints } from './differ/random-endpoints.ts';
import { makeAdmin, makeProject, type TwoStacks, twoStacks } from './differ/stacks.ts';
import { createDatabase } from './postgres.ts';
import { everyEndpoint, everyEndpointOnFastapi, ownFolder } from './projects.ts';
import { mustRun } from './run.ts';
import { type Server, startServer } from './servers.ts';

const requests = Number(process.env.DIFFER ?? 300);
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

vi.setConfig({ testTimeout: 60_000 + requests * 100, hookTimeout: 600_000 });

describe('the same endpoints on both stacks', () => {
  const servers: Server[] = [];
  const drops: (() => Promise<void>)[] = [];
  let manifest: Manifest;
  let urls: [string, string];

  async function start(project: string, migrate: string, command: string): Promise<string> {
    const { url: DATABASE_URL, drop } = await createDatabase();
    drops.push(drop);
    await mustRun(migrate, project, { DATABASE_URL });
    const server = await startServer(project, { DATABASE_URL }, command);
    servers.push(server);
    return server.url;
  }

  beforeAll(async () => {
    const express = await everyEndpoint();
    const fastapi = await everyEndpointOnFastapi();
    const text = await readFile(join(express, 'backend.json'), 'utf8');
    manifest = parseManifest(text, 'backend.json', stacks);
    const python = '.venv/bin/python -m app';
    urls = [
      await start(express, 'npm run migrate', 'npm start'),
      await start(fastapi, `${python}.db.migrate`, python),
    ];
  });
  afterAll(async () => {
    for (const server of servers) await server.stop();
    for (const drop of drops) await drop();
  });

  it(`answer ${requests} requests the same, seed ${seed}`, async () => {
    const { differences, statuses } = await differ({ manifest, urls }, seeded(seed), requests);
    expect(tell(differences)).toBe('');
    expect(Object.keys(statuses)).toEqual(expect.arrayContaining(['200', '201', '404', '422']));
  });
});

const anySeeds = Array.from({ length: Number(process.env.MANIFESTS ?? 1) }, (_, at) => seed + at);

describe.each(anySeeds)('random endpoints of seed %i on both stacks', (anySeed) => {
  const auth = anySeed % 2 === 0 ? 'jwt' : 'none';
  const random = seeded(anySeed);
  const requested = anyEndpoints(random, auth === 'jwt' ? accountsManifest : emptyManifest);
  const admin = { email: 'admin@example.com', password: 'correct-Horse-7-battery' };
  const ends: (() => Promise<void>)[] = [];
  let manifest: Manifest;
  let urls: [string, string];

  async function start(each: TwoStacks): Promise<string> {
    const project = await makeProject(
      each,
      await ownFolder(`any-${each.stack}-${anySeed}`),
      auth,
      requested,
    );
    const { url: DATABASE_URL, drop } = await createDatabase();
    ends.unshift(drop);
    await mustRun(each.migrate, project, { DATABASE_URL });
    if (auth === 'jwt') await makeAdmin(each, project, admin, DATABASE_URL);
    const env = { DATABASE_URL, AUTH_RATE_LIMIT: '1000000/minute' };
    const server = await startServer(project, env, each.start);
    ends.unshift(() => server.stop());
    const text = await readFile(join(project, 'backend.json'), 'utf8');
    manifest = parseManifest(text, 'backend.json', stacks);
    return server.url;
  }

  beforeAll(async () => {
    const [express, fastapi] = twoStacks;
    urls = [await start(express), await start(fastapi)];
  });
  afterAll(async () => {
    for (const end of ends) await end();
  });

  it(`answer ${requests} requests the same, with accounts: ${auth}`, async () => {
    const services = { manifest, urls, ...(auth === 'jwt' && { admin }) };
    const { differences, statuses } = await differ(services, random, requests);
    expect(tell(differences)).toBe('');
    expect(Object.keys(statuses)).toEqual(expect.arrayContaining(['200', '404', '422']));
  });
});
