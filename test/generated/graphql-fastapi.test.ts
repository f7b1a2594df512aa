import { afterAll, beforeAll, describe, it, vi } from 'vitest';
import { attacked } from './graphql/attacks.ts';
import { audited } from './graphql/audit.ts';
import { pagedByClients } from './graphql/clients.ts';
import { editedInBrowser } from './graphql/editor.ts';
import { fuzzed } from './graphql/fuzz.ts';
import { practised } from './graphql/practices.ts';
import { fastapi, grownOnFastapi } from './graphql/project.ts';
import { showsWhatRestShows } from './graphql/visibility.ts';
import { openWorld, type World } from './graphql/world.ts';
import { createDatabase } from './postgres.ts';
import { type Env, mustRun } from './run.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let project: string;
let database: Awaited<ReturnType<typeof createDatabase>>;
const env = (): Env => ({ DATABASE_URL: database.url });
const its = () => project;

beforeAll(async () => {
  project = await grownOnFastapi();
  database = await createDatabase();
  await mustRun('.venv/bin/python -m app.db.migrate', project, env());
});
afterAll(() => database?.drop());

describe('GraphQL in Python', () => {
  let world: World;
  const ours = () => world;
  beforeAll(async () => {
    world = await openWorld(project, env(), fastapi);
  });
  afterAll(() => world?.server.stop());

  describe('shows', () => showsWhatRestShows(its, ours, 2));
  describe('as the practices have it', () => practised(ours));
  describe('to clients', () => pagedByClients(ours));
  describe('over HTTP', () => audited(() => world.url));
  describe('fuzzed', () => fuzzed(its, ours, 20_261_129));
});

describe('attacks', () => attacked(its, env, fastapi));

describe('the editor', () => editedInBrowser(its, env, fastapi));

describe('its code', () => {
  const python = (command: string) => mustRun(`.venv/bin/${command}`, project);
  it('is what Ruff and mypy are content with', async () => {
    for (const command of ['ruff check .', 'ruff format --check .', 'mypy .'])
      await python(command);
  });

  it('passes its own tests', async () => {
    await python('pytest -q tests/graphql tests/test_graphql.py tests/test_graphql_limits.py');
  });
});
