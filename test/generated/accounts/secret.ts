import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { builtTool, ownFolder } from '../projects.ts';
import { mustRun, run } from '../run.ts';
import { readSecret } from './project.ts';

/** What becomes of the secret that a new project gets. */
export function secretOfNewProject(at: () => string): void {
  let project: string;
  let secret: string;
  beforeAll(async () => {
    project = at();
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
}
