import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { parseManifest } from '../../src/manifest/manifest.ts';
import { renderExtras } from '../../src/stacks/extras/extras.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { newPassword } from './accounts/client.ts';
import { isBroad } from './broad.ts';
import { asPostman } from './collections/insomnia.ts';
import { collectionTools, runBruno, runPostman } from './collections/tools.ts';
import { createDatabase } from './postgres.ts';
import {
  builtTool,
  createProject,
  everyEndpoint,
  everyEndpointOnFastapi,
  ownFolder,
} from './projects.ts';
import { type Env, mustRun } from './run.ts';
import { type Server, startServer } from './servers.ts';

vi.setConfig({ testTimeout: 400_000, hookTimeout: 900_000 });

const endpoints = [
  'field add users displayName:string:max=40:optional',
  "endpoint topics title:string:unique --access 'read=public,create=admin,update=admin,delete=admin'",
  'endpoint posts title:string body:text topic:ref:topics:optional parent:ref:posts:optional status:enum:draft,published:filter',
  "endpoint comments text:text post:ref:posts --under posts --access 'read=owner|moderator'",
  'endpoint entries title:string topic:ref:topics',
  'endpoint profiles bio:text user:ref:users:owner:unique --access read=public',
  'endpoint notes text:string author:ref:users --under users',
  'endpoint audits text:string kind:enum:one-two,three --only list,create',
  'collections',
];

const root = { email: 'root@example.com', password: newPassword() };

const express = {
  stack: 'Express',
  open: everyEndpoint,
  async owned(accounts: string, api: string) {
    const folder = await ownFolder(`collections-${accounts}`);
    const project = await createProject(folder, `--accounts ${accounts} --api ${api}`);
    for (const command of endpoints) await mustRun(`npx gen ${command}`, project);
    await mustRun('npm run build', project);
    return project;
  },
  start: 'node dist/main.js',
  migrate: 'npm run migrate',
  user: 'npm run user --',
};

const fastapi = {
  stack: 'FastAPI',
  open: everyEndpointOnFastapi,
  async owned(accounts: string, api: string) {
    const folder = await ownFolder(`collections-fastapi-${accounts}`);
    const tool = await builtTool();
    const flags = `--stack fastapi --accounts ${accounts} --api ${api} --yes --no-git`;
    await mustRun(`node ${tool}/bin/create-backend.js shop ${flags}`, folder);
    const project = join(folder, 'shop');
    for (const command of endpoints) await mustRun(`node ${tool}/bin/gen.js ${command}`, project);
    return project;
  },
  start: '.venv/bin/python -m app',
  migrate: '.venv/bin/python -m app.db.migrate',
  user: '.venv/bin/python -m app.user',
};

/** Writes the collections of a project into another folder. */
async function writeCollections(project: string, folder: string): Promise<void> {
  const text = await readFile(join(project, 'backend.json'), 'utf8');
  const manifest = parseManifest(text, 'backend.json', stacks);
  for (const { path, content } of renderExtras({ ...manifest, collections: true })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

type Kind = typeof express;

/** The server of a project on a database of its own, where somebody administers. */
async function serve({ migrate, start, user }: Kind, project: string, withUser: boolean) {
  const database = await createDatabase();
  const env: Env = { DATABASE_URL: database.url, AUTH_RATE_LIMIT: '1000000/minute' };
  await mustRun(migrate, project, env);
  const make = `${user} create --role admin --email ${root.email}`;
  if (withUser) await mustRun(`echo ${root.password} | ${make}`, project, env);
  const server = await startServer(project, env, start);
  return { server, drop: database.drop };
}

const page = z.object({ data: z.array(z.unknown()) });

describe.each([express, fastapi])(
  'collections on $stack, of endpoints that have everything',
  (kind) => {
    let folder: string;
    let server: Server;
    let drop: () => Promise<void>;
    beforeAll(async () => {
      await collectionTools();
      const project = await kind.open();
      folder = await ownFolder(`collections-of-${kind.stack}`);
      await writeCollections(project, folder);
      ({ server, drop } = await serve(kind, project, false));
    });
    afterAll(async () => {
      await server?.stop();
      await drop?.();
    });

    it('run with newman time and again, and leave nothing that can be deleted', async () => {
      for (const _ of [1, 2]) {
        const file = join(folder, 'collections/postman/collection.json');
        const { total, failures } = await runPostman(file, { baseUrl: server.url });
        expect(failures).toEqual([]);
        expect(total).toBeGreaterThan(250);
      }
      for (const path of ['arrays', 'categories', 'every-values', 'subscription-translations']) {
        const answer = await fetch(`${server.url}/api/${path}`);
        expect([path, page.parse(await answer.json()).data]).toEqual([path, []]);
      }
    });

    it('run with Bruno', async () => {
      const { total, failures } = await runBruno(join(folder, 'collections/bruno'), {
        baseUrl: server.url,
      });
      expect(failures).toEqual([]);
      expect(total).toBeGreaterThan(250);
    });
  },
);

const owned = [
  { ...express, accounts: 'mail', api: 'both' },
  { ...fastapi, accounts: 'none', api: 'both' },
  { ...fastapi, accounts: 'mail', api: 'rest' },
  { ...express, accounts: 'none', api: 'rest' },
];

describe.each(isBroad ? owned : owned.slice(0, 2))(
  'collections on $stack of $api, with accounts that have $accounts beside passwords',
  (kind) => {
    let project: string;
    let server: Server;
    let drop: () => Promise<void>;
    beforeAll(async () => {
      await collectionTools();
      project = await kind.owned(kind.accounts, kind.api);
      ({ server, drop } = await serve(kind, project, true));
    });
    afterAll(async () => {
      await server?.stop();
      await drop?.();
    });

    const postman = () => join(project, 'collections/postman/collection.json');
    const given = () => ({ baseUrl: server.url, ...(kind.accounts === 'mail' ? root : {}) });

    it('run with newman time and again', async () => {
      for (const _ of [1, 2]) {
        const { total, failures } = await runPostman(postman(), given());
        expect(failures).toEqual([]);
        expect(total).toBeGreaterThan(150);
      }
    });

    it('run as who administers, and so make what others may not', async () => {
      const variables = { baseUrl: server.url, ...root };
      const { total, failures } = await runPostman(postman(), variables);
      expect(failures).toEqual([]);
      expect(total).toBeGreaterThan(180);
      const bruno = await runBruno(join(project, 'collections/bruno'), variables);
      expect(bruno.failures).toEqual([]);
      expect(bruno.total).toBe(total);
    });

    it('say the same in the file for Insomnia, which the converter of Bruno reads', async () => {
      const text = await readFile(join(project, 'collections/insomnia.yaml'), 'utf8');
      const file = join(project, 'collections/postman/from-insomnia.json');
      await writeFile(file, asPostman(text));
      const { total, failures } = await runPostman(file, given());
      expect(failures).toEqual([]);
      expect(total).toBe((await runPostman(postman(), given())).total);
      const require = createRequire(join(await collectionTools(), 'package.json'));
      const converters: {
        insomniaToBruno(text: string): unknown;
      } = require('@usebruno/converters');
      const converted = z
        .object({
          items: z.array(z.object({ items: z.array(z.unknown()) })),
          environments: z.array(z.unknown()),
        })
        .parse(converters.insomniaToBruno(text));
      const count = [...text.matchAll(/^ {6}method:|^ {8}method:/gm)].length;
      expect(converted.items.flatMap(({ items }) => items).length).toBe(count);
      expect(converted.environments.length).toBe(1);
    });

    it('fail where the service does something else', async () => {
      const text = await readFile(postman(), 'utf8');
      const file = join(project, 'collections/postman/wrong.json');
      await writeFile(file, text.replaceAll('expect([404])', 'expect([410])'));
      const { failures } = await runPostman(file, given());
      expect(failures.length).toBeGreaterThan(3);
    });
  },
);
