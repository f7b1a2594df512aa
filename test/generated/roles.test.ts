import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Roles } from '../../src/manifest/roles.ts';
import { installedProject, runUser } from './accounts/project.ts';
import { expectGreen, expectGreenIn } from './checks.ts';
import { createDatabase } from './postgres.ts';
import { copyProject, ownFolder } from './projects.ts';
import { type Env, mustRun, run } from './run.ts';

vi.setConfig({ testTimeout: 400_000, hookTimeout: 240_000 });

const password = 'open the red door';
const usual = ['user', 'moderator', 'admin'];
/** The tests that know of roles. */
const own = 'src/auth src/modules';

let project: string;
let database: Awaited<ReturnType<typeof createDatabase>>;
let databases: [name: string, env: Env][];

beforeAll(async () => {
  project = await copyProject(await installedProject(), await ownFolder('roles'));
  database = await createDatabase();
  databases = [
    ['PostgreSQL', { DATABASE_URL: database.url }],
    ['PGlite', { DATA_DIR: join(project, '.data-of-roles') }],
  ];
  const access = "'read=owner,update=owner|moderator,delete=moderator'";
  await mustRun(`npx gen endpoint articles title:string --access ${access}`, project);
});
afterAll(() => database?.drop());

async function applyRoles(names: string[], more: Partial<Roles> = {}): Promise<string> {
  const path = join(project, 'backend.json');
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  const roles = { ...manifest.roles, names, ...more };
  await writeFile(path, JSON.stringify({ ...manifest, roles }, null, 2));
  const { output, exitCode } = await run('npx gen apply', project);
  expect([exitCode, output]).toEqual([0, output]);
  return output;
}

/** By the command of the project; what is embedded runs its migrations first, so there by theirs. */
async function giveOther(name: string, env: Env): Promise<void> {
  if (name === 'PostgreSQL') {
    await runUser(project, 'set-role --role user --email e@example.com', password, env);
    return;
  }
  const folder = join(project, 'src/db/migrations');
  const [last = ''] = (await readdir(folder)).filter((file) => file.includes('roles')).toReversed();
  const path = join(folder, last);
  const text = await readFile(path, 'utf8');
  const update =
    "  await sql`update users set role = 'user' where role in ('editor')`.execute(db);\n";
  await writeFile(path, text.replace(/(?<=function up\(.*\n)/, update));
}

describe('roles of a project', () => {
  it('grow by one that users can have, on both databases', async () => {
    await applyRoles([...usual, 'editor']);
    const rule = "'read=owner,update=owner|editor,delete=editor|moderator'";
    await mustRun(`npx gen endpoint pages title:string --access ${rule}`, project);
    for (const [, env] of databases) {
      await mustRun('npm run --silent migrate', project, env);
      const told = await runUser(
        project,
        'create --role editor --email e@example.com',
        password,
        env,
      );
      expect(told).toContain('with the role editor');
    }
    await expectGreenIn(project, own);
  });

  it('cannot lose one that rules of access name', async () => {
    const path = join(project, 'backend.json');
    const before = await readFile(path, 'utf8');
    await writeFile(path, before.replace(/,\s*"editor"/, ''));
    const { exitCode, output } = await run('npx gen apply', project);
    expect(exitCode).toBe(1);
    expect(output).toContain('endpoints.pages.access.update: There is no access level `editor`.');
    expect(output).toContain('endpoints.pages.access.delete: There is no access level `editor`.');
    await writeFile(path, before);
  });

  it('lose one only once no user has it any more, on both databases', async () => {
    await mustRun('npx gen remove endpoint pages --force', project);
    expect(await applyRoles(usual)).toContain(
      "The migration stops where users still have the role `editor`. Give them another one first: `update users set role = 'user' where role in ('editor')`.",
    );
    for (const [name, env] of databases) {
      const refused = await run('npm run --silent migrate', project, env);
      expect([name, refused.exitCode]).toEqual([name, 1]);
      expect(refused.output).toContain('users.role is editor in 1 of the rows');
      await giveOther(name, env);
      await mustRun('npm run --silent migrate', project, env);
      expect(await mustRun('npm run --silent migrate -- status', project, env)).toContain(
        'No pending',
      );
    }
    await expectGreenIn(project, own, { DATABASE_URL: database.url });
  });

  it('may all be others', async () => {
    await mustRun('npx gen remove endpoint articles --force', project);
    await applyRoles(['member', 'chief'], { default: 'member', admin: 'chief', readsAll: [] });
    await mustRun(
      "npx gen endpoint articles title:string author:ref:users --access 'read=owner,create=chief'",
      project,
    );
    await expectGreen(project);
  });
});
