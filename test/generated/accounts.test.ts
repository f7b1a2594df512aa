import { afterAll, beforeAll, describe, it, vi } from 'vitest';
import { fuzzed } from './accounts/fuzz.ts';
import { docsInBrowser } from './accounts/page.ts';
import { endpoints, newProject } from './accounts/project.ts';
import { refusalsToStart } from './accounts/refusals.ts';
import { secretOfNewProject } from './accounts/secret.ts';
import { strangersStory } from './accounts/story.ts';
import { expectGreen } from './checks.ts';
import { createDatabase } from './postgres.ts';
import { mustRun } from './run.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const redisUrl = process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379/13';

describe('a project with accounts', () => {
  let project: string;
  const at = () => project;
  beforeAll(async () => {
    project = await newProject('accounts');
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

    it('is green on PGlite', () => expectGreen(project));

    it.each([
      ['PostgreSQL with Redis', true, redisUrl],
      ['PostgreSQL without Redis', true, undefined],
      ['PGlite with Redis', false, redisUrl],
    ])('passes its tests on %s', async (_case, isServer, REDIS_URL) => {
      await mustRun('npm test', project, {
        ...(isServer && { DATABASE_URL: database?.url }),
        ...(REDIS_URL && { REDIS_URL }),
      });
    });

    describe('started, as a stranger meets it', () => strangersStory(at));
    describe('on its page', () => docsInBrowser(at));
    describe('under bad input', () => fuzzed(at));
    describe('without a good secret', () => refusalsToStart(at));
  });
});
