import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it, vi } from 'vitest';
import { version } from '../../src/cli/package.ts';
import { startRegistry } from '../generated/registry.ts';
import { installedRelease } from '../generated/releases.ts';
import { env, madeBy, oldProject } from './old-project.ts';
import { emptyFolder, executables, run, shellEnv, treeOf } from './run-bin.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

/** What only one project has, or only after a command. */
const own = /^(\.backend(\/undo\.json)?|\.env|backend\.lock\.json)$/;

const upgrade = (cwd: string, ...args: string[]) => run('gen', ['upgrade', ...args], { cwd, env });
const added = (line: string) => (text: string) => `${text}${line}\n`;

/** A migration that only the present version has is dated as late as it came. */
const stamp = /^(src\/db\/migrations\/)\d+_/;

/** The files of a project that follow from what was asked for. */
async function filesOf(project: string): Promise<Record<string, string>> {
  const files = Object.entries(await treeOf(project));
  return Object.fromEntries(
    files
      .filter(([path]) => !own.test(path))
      .map(([path, text]) => [path.replace(stamp, '$1'), text]),
  );
}

describe('gen upgrade', () => {
  it('makes a project of 0.1.0 what the present version would have made', async () => {
    const project = await oldProject();
    const { code, stdout, stderr } = await upgrade(project);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`   create  .backend/create-backend-${version}.tgz\n`);
    expect(stdout).toContain('   delete  .backend/create-backend-0.1.0.tgz\n');
    expect(stdout).toContain(`✓ Upgraded the project from create-backend 0.1.0 to ${version}.\n`);
    expect(await filesOf(project)).toEqual(await filesOf(await madeBy()));
  });

  it('leaves a project of which nothing is missing', async () => {
    const project = await oldProject();
    expect(await upgrade(project)).toMatchObject({ code: 0 });
    const { stdout } = await run('gen', ['status'], { cwd: project });
    expect(stdout).not.toContain('missing');
  });

  it('keeps every edit, and what was deleted deleted', async () => {
    const project = await oldProject({
      '.gitignore': added('secrets/'),
      'src/modules/posts/posts.service.ts': added('// mine'),
      'package.json': (text) => text.replace('"scripts": {', '"scripts": {\n    "mine": "true",'),
    });
    await rm(join(project, 'src/modules/posts/posts.test.ts'));
    await writeFile(
      join(project, 'src/mine.ts'),
      "import type { Dependencies } from './app.ts';\n",
    );
    const { code, stdout } = await upgrade(project);
    expect(code).toBe(0);
    const line = 'imports `Dependencies` from src/app.ts: it is in src/dependencies.ts now';
    expect(stdout).toContain(`  mention  src/mine.ts:1  ${line}\n`);
    const after = await treeOf(project);
    const made = await treeOf(await madeBy());
    expect(after['.gitignore']).toContain('!.backend/templates/\n');
    expect(after['.gitignore']).toContain('secrets/\n');
    expect(after['package.json']).toContain('"mine": "true"');
    expect(after['package.json']).toContain(`"file:.backend/create-backend-${version}.tgz"`);
    const kept = 'src/modules/posts/posts.service.ts';
    expect(after[kept]).toBe(`${made[kept]}// mine\n`);
    expect(after).not.toHaveProperty('src/modules/posts/posts.test.ts');
  });

  it('is taken back byte for byte by gen undo, but for a migration that may have run', async () => {
    const project = await oldProject({ 'README.md': added('Ours.') });
    const before = await treeOf(project);
    expect(await upgrade(project)).toMatchObject({ code: 0 });
    const undone = await run('gen', ['undo'], { cwd: project });
    expect(undone.code).toBe(0);
    expect(undone.stderr).toContain('It is unknown whether its migrations have run');
    const late = 'src/db/migrations/20260101000002_keep_idempotent_answers_as_sent.ts';
    const { [late]: kept, ...rest } = await treeOf(project);
    expect(kept).toContain('alter table idempotency_keys');
    expect(rest).toEqual(before);
  });

  it.each(['--dry-run', '--diff'])('with %s it tells and writes nothing', async (flag) => {
    const project = await oldProject();
    const before = await treeOf(project);
    const { code, stdout } = await upgrade(project, flag);
    expect(code).toBe(0);
    expect(stdout).toContain(`.backend/create-backend-${version}.tgz`);
    expect(await treeOf(project)).toEqual(before);
  });

  it('takes what npm wrote into package.json to get the newer version', async () => {
    const project = await oldProject({
      'package.json': (text) => text.replace(/("create-backend": ")[^"]*/, '$1file:../new.tgz'),
    });
    expect(await upgrade(project)).toMatchObject({ code: 0 });
    const text = await readFile(join(project, 'package.json'), 'utf8');
    expect(text).toContain(`"create-backend": "file:.backend/create-backend-${version}.tgz"`);
  });

  it('installs afterwards where something is installed, and says what is left if that fails', async () => {
    const project = await oldProject();
    await cp(await installedRelease('0.1.0'), join(project, 'node_modules/create-backend'), {
      recursive: true,
    });
    // What the first version needs of npm still works.
    const npm =
      'test "$1" = pack && PATH="${PATH#*:}" exec npm "$@"; echo "no network" >&2; exit 7';
    const PATH = `${await executables({ npm })}:${process.env.PATH}`;
    const { code, stdout } = await run('gen', ['upgrade'], { cwd: project, env: { ...env, PATH } });
    expect(code).toBe(1);
    expect(stdout).toContain(`✓ Upgraded the project from create-backend 0.1.0 to ${version}.`);
    expect(stdout).toContain(
      'Still to do:\n  npm install\n\nnpm install: npm ended with exit code 7',
    );
  });

  it('gets the version that made the project from the registry, if nothing else has it', async () => {
    const registry = await startRegistry('0.1.0');
    try {
      const npm = { npm_config_registry: registry.url, npm_config_cache: await emptyFolder() };
      const folder = await emptyFolder();
      const installed = await execa('npm', ['install', 'create-backend@0.1.0'], {
        cwd: folder,
        env: shellEnv(npm),
        extendEnv: false,
      });
      expect(installed.exitCode).toBe(0);
      const project = await madeBy(join(folder, 'node_modules/create-backend'));
      const made = await readFile(join(project, 'package.json'), 'utf8');
      expect(made).toContain('"create-backend": "0.1.0"');
      const { code } = await run('gen', ['upgrade'], { cwd: project, env: { ...env, ...npm } });
      expect(code).toBe(0);
      expect(await filesOf(project)).toEqual(await filesOf(await madeBy()));
    } finally {
      await registry.stop();
    }
  });

  it('says so where there is nothing to upgrade', async () => {
    const project = await madeBy();
    const { code, stdout } = await upgrade(project);
    expect(code).toBe(0);
    expect(stdout).toContain(
      `✓ Nothing to change: the project is at create-backend ${version} already.`,
    );
  });

  it('refuses a project of a version that came later', async () => {
    const project = await madeBy();
    const lock = join(project, 'backend.lock.json');
    await writeFile(lock, (await readFile(lock, 'utf8')).replace(`"${version}"`, '"0.10.0"'));
    const { code, stderr } = await upgrade(project);
    expect(code).toBe(1);
    expect(stderr).toContain(`by create-backend 0.10.0; this is ${version}, which is older.`);
    expect(stderr).toContain('Try: npm install --save-dev create-backend@0.10.0');
  });

  it('says what is missing where the version that made the project cannot be had', async () => {
    const project = await oldProject();
    await rm(join(project, '.backend'), { recursive: true });
    const before = await treeOf(project);
    const { code, stderr } = await run('gen', ['upgrade'], {
      cwd: project,
      env: { npm_config_registry: 'http://127.0.0.1:9', npm_config_fetch_retries: '0' },
    });
    expect(code).toBe(1);
    expect(stderr).toContain('made by create-backend 0.1.0, which could not be had');
    expect(stderr).toContain('Try: npm pack create-backend@0.1.0 --pack-destination .backend');
    expect(await treeOf(project)).toEqual(before);
  });
});
