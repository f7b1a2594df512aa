import { join } from 'node:path';
import { afterAll, beforeAll, describe, vi } from 'vitest';
import { attacked } from './graphql/attacks.ts';
import { audited } from './graphql/audit.ts';
import { pagedByClients } from './graphql/clients.ts';
import { editedInBrowser } from './graphql/editor.ts';
import { fuzzed } from './graphql/fuzz.ts';
import { practised } from './graphql/practices.ts';
import { grownOnExpress } from './graphql/project.ts';
import { upgraded } from './graphql/upgrade.ts';
import { showsWhatRestShows } from './graphql/visibility.ts';
import { openWorld, type World } from './graphql/world.ts';
import { createDatabase } from './postgres.ts';
import { type Env, mustRun } from './run.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

let project: string;
let database: Awaited<ReturnType<typeof createDatabase>>;
beforeAll(async () => {
  project = await grownOnExpress();
  database = await createDatabase();
});
afterAll(() => database?.drop());

/** Each database has documents of its own; one of them is asked every path to its end. */
const databases = [
  { name: 'PGlite', seed: 20_261_127, steps: 2 },
  { name: 'PostgreSQL', seed: 20_261_128, steps: 3 },
];

describe.each(databases)('GraphQL on $name', ({ name, seed, steps }) => {
  let world: World;
  const ours = () => world;
  const its = () => project;
  beforeAll(async () => {
    const env: Env =
      name === 'PGlite'
        ? { DATA_DIR: join(project, '.data-of-graphql') }
        : { DATABASE_URL: database.url };
    if (name === 'PostgreSQL') await mustRun('node dist/migrate.js', project, env);
    world = await openWorld(project, env);
  });
  afterAll(() => world?.server.stop());

  describe('shows', () => showsWhatRestShows(its, ours, steps));
  describe('as the practices have it', () => practised(ours));
  describe('to clients', () => pagedByClients(ours));
  describe('over HTTP', () => audited(() => world.url));
  describe('fuzzed', () => fuzzed(its, ours, seed));
});

describe('attacks', () =>
  attacked(
    () => project,
    () => ({ DATA_DIR: join(project, '.data-of-attacks') }),
  ));

describe('the editor', () =>
  editedInBrowser(
    () => project,
    () => ({ DATA_DIR: join(project, '.data-of-editor') }),
  ));

describe('an upgrade', () => upgraded(() => project));
