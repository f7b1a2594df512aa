import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { projectOn, run } from './run-bin.ts';

/** Gives a project accounts, which need a secret. */
async function wantAccounts(project: string): Promise<void> {
  const file = join(project, 'backend.json');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('"auth": "none"', '"auth": "jwt"'));
}

describe.each(['express', 'fastapi'])('the secret of a project on %s', (stack) => {
  it('is shown neither when it is made nor when that is undone', async () => {
    const cwd = await projectOn(stack);
    await wantAccounts(cwd);
    const planned = await run('gen', ['apply', '--diff', '--dry-run'], { cwd });
    expect(planned).toMatchObject({ code: 0 });
    expect(planned.stdout).toContain('# create .env: its content is not shown\n');
    expect(planned.stdout).not.toMatch(/^\+AUTH_SECRET=[\w-]{20}/m);
    const applied = await execa('git', ['apply', '--check'], { cwd, input: planned.stdout });
    expect(applied.exitCode).toBe(0);

    expect(await run('gen', ['apply'], { cwd })).toMatchObject({ code: 0 });
    const [, secret = ''] =
      /^AUTH_SECRET=(.+)$/m.exec(await readFile(join(cwd, '.env'), 'utf8')) ?? [];
    expect(secret).not.toBe('');
    for (const flag of ['--diff', '--json']) {
      const { code, stdout } = await run('gen', ['undo', flag, '--dry-run', '--force'], {
        cwd,
      });
      expect(code).toBe(0);
      expect(stdout).toContain('.env');
      expect(stdout).not.toContain(secret);
    }
  });
});
