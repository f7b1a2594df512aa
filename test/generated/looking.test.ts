import { chmod, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { builtShop, builtTool, copyProject, ownFolder } from './projects.ts';
import { cleanEnv, mustRun } from './run.ts';
import { startServer } from './servers.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

const looks = ['status', 'status --json', 'list', 'list --json'];

/** Every file below a folder with its content and the time of its change. */
async function stateOf(folder: string): Promise<unknown[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = entries.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    const { mtimeMs, mode } = await stat(path);
    return [path, mtimeMs, mode, entry.isFile() ? await readFile(path, 'latin1') : ''];
  });
  return (await Promise.all(found)).sort();
}

/** Runs `gen` as an ordinary user, who is not the one that the files belong to. */
async function looking(command: string, cwd: string): Promise<{ code: number; output: string }> {
  const args = [join(await builtTool(), 'bin/gen.js'), ...command.split(' ')];
  const { exitCode = -1, all } = await execa(process.execPath, args, {
    cwd,
    env: cleanEnv({ HOME: '/nonexistent' }),
    extendEnv: false,
    stdin: 'ignore',
    all: true,
    reject: false,
    ...(process.getuid?.() === 0 && { uid: 65_534, gid: 65_534 }),
  });
  return { code: exitCode, output: all };
}

describe('gen status and gen list', () => {
  let project: string;
  beforeAll(async () => {
    const folder = await ownFolder('looking');
    project = await copyProject(await builtShop(), folder);
    // Whoever runs the tests keeps others out of what they make.
    for (const open of [inject('workshop'), folder]) await chmod(open, 0o755);
    await mkdir(join(project, '.backend/empty'));
    await mustRun('chmod -R a-w .', project);
  });

  it.each(looks)('`gen %s` writes nothing where the service never ran', async (command) => {
    const before = await stateOf(project);
    const { code, output } = await looking(command, project);
    expect({ code, output }).toMatchObject({ code: 0 });
    if (command === 'status') expect(output).toMatch(/! \d+ migrations are pending: /);
    if (command === 'list') expect(output).toContain('GET     /api/customers/:id ');
    expect(await readdir(project)).not.toContain('.data');
    expect(await stateOf(project)).toEqual(before);
  });

  describe('where it ran', () => {
    beforeAll(() => mustRun('chmod u+w . && npm run migrate && chmod -R a+rX,a-w .', project));

    it.each(looks)('`gen %s` writes nothing', async (command) => {
      const before = await stateOf(project);
      const { code, output } = await looking(command, project);
      expect({ code, output }).toMatchObject({ code: 0 });
      if (command === 'status') expect(output).toMatch(/customers +wired +wired +wired +1 applied/);
      expect(await stateOf(project)).toEqual(before);
    });

    it('say why it is not known what has run, where that may not be read', async () => {
      await mustRun('chmod -R go-r .data', project);
      const { code, output } = await looking('status', project);
      expect(code).toBe(0);
      expect(output).toMatch(
        /! It is unknown which migrations have run: EACCES: permission denied/,
      );
    });

    it('tell what has run in an embedded database that is in use', async () => {
      await mustRun('chmod -R u+w .data', project);
      const server = await startServer(project, { DATA_DIR: '.data' });
      const status = await mustRun('npx gen status', project);
      await server.stop();
      expect(status).toMatch(/customers +wired +wired +wired +1 applied/);
    });
  });
});
