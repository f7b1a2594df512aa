import { afterAll, beforeAll, describe, it, vi } from 'vitest';
import { expectGreenIn, testsIn } from './checks.ts';
import { createDatabase } from './postgres.ts';
import { everyEndpoint } from './projects.ts';
import { redisUrl } from './redis.ts';
import { mustRun } from './run.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

describe('a project with every type, modifier, pagination and set of operations', () => {
  let project: string;
  let database: Awaited<ReturnType<typeof createDatabase>> | undefined;
  beforeAll(async () => {
    project = await everyEndpoint();
    database = await createDatabase();
  });
  afterAll(() => database?.drop());

  it('is green on PGlite', () => expectGreenIn(project, 'src/modules'));

  it('passes its tests on PostgreSQL with Redis', async () => {
    await mustRun(`npx vitest run ${testsIn('src/modules')}`, project, {
      DATABASE_URL: database?.url,
      REDIS_URL: await redisUrl(),
    });
  });
});
