import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { endpoints, readSecret } from './accounts/project.ts';
import { expectGreen } from './checks.ts';
import { createDatabase } from './postgres.ts';
import { builtTool, copyOfNew, newProject, ownFolder } from './projects.ts';
import { mustRun, run } from './run.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

const redisUrl = process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379/13';

describe('the secret of a new project', () => {
  let project: string;
  let secret: string;
  beforeAll(async () => {
    project = await newProject();
    secret = await readSecret(project);
  });

  it('is random, and for nobody else to read', async () => {
    expect(Buffer.from(secret, 'base64url').byteLength).toBeGreaterThanOrEqual(32);
    const { mode } = await stat(join(project, '.env'));
    expect(mode & 0o777).toBe(0o600);
  });

  it('is not in git', async () => {
    expect(await mustRun('git check-ignore .env', project)).toBe('.env');
    expect(await mustRun('git ls-files .env', project)).toBe('');
    const { exitCode } = await run(`git grep --quiet -e ${secret} HEAD`, project);
    expect(exitCode).toBe(1);
  });

  it('is another one in another project, and is not printed', async () => {
    const folder = await ownFolder('secrets');
    const command = `node ${await builtTool()}/bin/create-backend.js`;
    const made = await mustRun(`${command} other --yes --no-install --json`, folder);
    const other = await readSecret(join(folder, 'other'));
    expect(other).not.toBe(secret);
    expect(made).toContain('"path": ".env"');
    expect(made).not.toContain(other);
    expect(made).not.toMatch(/AUTH_SECRET=[\w-]/);
  });

  it.each(['--dry-run', '--dry-run --json'])('is not printed by %s', async (flags) => {
    const folder = await ownFolder(`secrets${flags.replaceAll(' ', '')}`);
    const command = `node ${await builtTool()}/bin/create-backend.js third --yes ${flags}`;
    const planned = await mustRun(command, folder);
    expect(planned).toContain('.env');
    expect(planned).not.toMatch(/AUTH_SECRET=[\w-]/);
  });
});

describe('a project with endpoints for everybody, owners, moderators and administrators', () => {
  let project: string;
  let database: Awaited<ReturnType<typeof createDatabase>> | undefined;
  beforeAll(async () => {
    project = await copyOfNew(await ownFolder('accounts'));
    for (const command of endpoints) await mustRun(command, project);
    database = await createDatabase();
  });
  afterAll(() => database?.drop());

  it('is green on PGlite', () => expectGreen(project));

  it('passes its tests on PostgreSQL with Redis', async () => {
    await mustRun('npm test', project, { DATABASE_URL: database?.url, REDIS_URL: redisUrl });
  });
});
