import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, it, vi } from 'vitest';
import { fuzzed } from './accounts/fuzz.ts';
import { docsInBrowser } from './accounts/page.ts';
import { endpoints } from './accounts/project.ts';
import { refusalsToStart } from './accounts/refusals.ts';
import { secretOfNewProject } from './accounts/secret.ts';
import { strangersStory } from './accounts/story.ts';
import { isBroad } from './broad.ts';
import { expectGreenIn } from './checks.ts';
import { createDatabase } from './postgres.ts';
import { createProject, ownFolder } from './projects.ts';
import { redisUrl } from './redis.ts';
import { type Env, mustRun } from './run.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

/** What the tests of the project have beside PGlite alone. */
const services = [
  ['PostgreSQL with Redis', true, true],
  ['PostgreSQL without Redis', true, false],
  ['PGlite with Redis', false, true],
] as const;

type Backend = { env: Env; drop: () => Promise<void> };

const backends = [
  {
    name: 'PGlite',
    open: async (): Promise<Backend> => ({
      env: { DATA_DIR: await ownFolder('accounts-data') },
      drop: async () => {},
    }),
  },
  {
    name: 'PostgreSQL with Redis',
    open: async (project: string): Promise<Backend> => {
      const { url, drop } = await createDatabase();
      const redis = new URL(await redisUrl());
      // What another run has counted is not this one's.
      redis.searchParams.set('keyPrefix', `${randomUUID()}:`);
      const env = { DATABASE_URL: url, REDIS_URL: redis.href };
      await mustRun('npm run migrate', project, env);
      return { env, drop };
    },
  },
];

describe('a project with accounts', () => {
  let project: string;
  const at = () => project;
  beforeAll(async () => {
    project = await createProject(await ownFolder('accounts'), '--accounts none');
  });

  describe('its secret', () => secretOfNewProject(at));

  describe('with endpoints for everybody, owners, moderators and administrators', () => {
    let database: Awaited<ReturnType<typeof createDatabase>> | undefined;
    beforeAll(async () => {
      for (const command of endpoints) await mustRun(command, project);
      await mustRun('npm run build', project);
      database = await createDatabase();
    });
    afterAll(() => database?.drop());

    it('is green on PGlite', () => expectGreenIn(project, 'src/auth src/modules'));

    it.each(isBroad ? services : services.slice(0, 1))(
      'passes its tests on %s',
      async (_case, isServer, hasRedis) => {
        await mustRun('npm test', project, {
          ...(isServer && { DATABASE_URL: database?.url }),
          ...(hasRedis && { REDIS_URL: await redisUrl() }),
        });
      },
    );

    describe.each(backends)('on $name', ({ open }) => {
      let backend: Backend | undefined;
      const env = () => backend?.env ?? {};
      beforeAll(async () => {
        backend = await open(project);
      });
      afterAll(() => backend?.drop());

      describe('started, as a stranger meets it', () => strangersStory(at, env));
      describe('under bad input', () => fuzzed(at, env));
    });

    describe('on its page', () => docsInBrowser(at));
    describe('without a good secret', () => refusalsToStart(at));
  });
});
