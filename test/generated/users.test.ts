import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Account, type Client, createClient } from './accounts/client.ts';
import { installedProject, runUser } from './accounts/project.ts';
import { expectGreenIn } from './checks.ts';
import { createDatabase } from './postgres.ts';
import { copyProject, ownFolder } from './projects.ts';
import { type Env, mustRun } from './run.ts';
import { type Server, startServer } from './servers.ts';

vi.setConfig({ testTimeout: 400_000, hookTimeout: 400_000 });

const password = 'open the red door';
const ada = { email: 'ada@example.com', password };
const root = { email: 'root@example.com', password };
const mod = { email: 'mod@example.com', password };

let project: string;
let database: Awaited<ReturnType<typeof createDatabase>>;
let databases: [name: string, env: Env][];

const gen = (command: string) => mustRun(`npx gen ${command}`, project);
const migrateAll = async () => {
  for (const [, env] of databases) await mustRun('npm run --silent migrate', project, env);
};

async function serving(env: Env, use: (client: Client, server: Server) => Promise<void>) {
  const limits = { AUTH_RATE_LIMIT: '100/minute' };
  const server = await startServer(project, { ...env, ...limits }, 'npx tsx src/main.ts');
  try {
    await use(createClient(server.url), server);
  } finally {
    await server.stop();
  }
}

const meOf = async (client: Client, { accessToken: token }: Account) =>
  (await client.send('GET', '/me', { token })).data;

beforeAll(async () => {
  project = await copyProject(await installedProject(), await ownFolder('users'));
  database = await createDatabase();
  databases = [
    ['PostgreSQL', { DATABASE_URL: database.url }],
    ['PGlite', { DATA_DIR: join(project, '.data-of-users') }],
  ];
  await migrateAll();
  for (const [, env] of databases) {
    for (const [{ email }, role] of [
      [root, 'admin'],
      [mod, 'moderator'],
      [ada, 'user'],
    ] as const) {
      await runUser(project, `create --role ${role} --email ${email}`, password, env);
    }
  }
});
afterAll(() => database?.drop());

describe('users of a project, on both databases', () => {
  it('get fields by gen endpoint and gen field, and rules of access in backend.json', async () => {
    const told = await gen(
      'endpoint users nickName:string:max=40:optional:search email:email:unique password:string',
    );
    expect(told).toContain('`email` and `password` came with the accounts.');
    const fields = [
      'birthday:date:optional:self',
      'phone:string:max=30:optional:self:unique',
      'score:integer:default=0:filter:sort',
      'level:enum:low,high:default=low',
      'tags:string:list:optional',
      'extra:json:optional',
      'avatar:url:optional:private',
      'checkedAt:datetime:optional:readonly',
      'manager:ref:users:optional:filter',
      'gone:string:optional',
    ];
    await gen(`field add users ${fields.join(' ')}`);
    const path = join(project, 'backend.json');
    const manifest = JSON.parse(await readFile(path, 'utf8'));
    manifest.endpoints.users.access.update = 'owner|moderator';
    manifest.roles.names.push('editor');
    await writeFile(path, JSON.stringify(manifest, null, 2));
    await gen('apply');
    await migrateAll();
    for (const [name, env] of databases) {
      await serving(env, async (client) => {
        const { accessToken: token } = await client.logIn(ada);
        const data = { nickName: 'Ada', birthday: '1815-12-10', gone: 'x', tags: ['one'] };
        const changed = await client.send('PATCH', '/me', { token, data });
        expect([name, changed.status]).toEqual([name, 200]);
      });
    }
  });

  it('keep what they have when fields are renamed, changed and removed', async () => {
    await gen('field rename users nickName alias');
    await gen('field change users score:integer:min=0:default=1:filter:sort');
    await gen('field remove users gone --force');
    await migrateAll();
    for (const [name, env] of databases) {
      await serving(env, async (client) => {
        const me = await meOf(client, await client.logIn(ada));
        const kept = {
          alias: 'Ada',
          birthday: '1815-12-10',
          tags: ['one'],
          score: 0,
          level: 'low',
        };
        expect([name, me]).toEqual([name, expect.objectContaining(kept)]);
        for (const field of ['gone', 'nickName', 'avatar']) expect(me).not.toHaveProperty(field);
      });
    }
  });

  it('cannot give themselves a role, or take the last administrator away', async () => {
    for (const [, env] of databases) {
      await serving(env, async (client) => {
        const account = await client.logIn(ada);
        const { accessToken: token, user } = account;
        const before = await meOf(client, account);
        const own = `/users/${user.id}`;
        for (const more of [{ role: 'admin' }, { disabled: false }, { disabled: true }]) {
          const data = { alias: 'Countess', ...more };
          expect((await client.send('PATCH', '/me', { token, data })).status).toBe(422);
          expect((await client.send('PATCH', own, { token, data })).status).toBe(403);
          expect((await client.send('PUT', own, { token, data })).status).toBe(403);
          const registered = { email: 'eve@example.com', password, ...more };
          const answer = await client.send('POST', '/auth/register', { data: registered });
          expect(answer.status).toBe(422);
        }
        expect(await meOf(client, account)).toEqual(before);

        const admin = await client.logIn(root);
        const last = { token: admin.accessToken, data: { password } };
        const refused = await client.send('DELETE', `/users/${admin.user.id}`, last);
        expect(refused).toMatchObject({ status: 409, code: 'CONFLICT' });
      });
      const demote = `set-role --role user --email ${root.email}`;
      await expect(runUser(project, demote, password, env)).rejects.toThrow('last administrator');
    }
  });

  it('keep from others what is for themselves, and name each other', async () => {
    for (const [, env] of databases) {
      await serving(env, async (client) => {
        const { accessToken: token, user } = await client.logIn(mod);
        const { user: theirs } = await client.logIn(ada);
        const path = `/users/${theirs.id}`;
        const listed = await client.send('GET', '/users', { token });
        expect([listed.status, listed.text.includes('1815-12-10')]).toEqual([200, false]);
        const hidden = await client.send('GET', path, { token });
        expect(hidden.data).not.toHaveProperty('birthday');
        const birthday = await client.send('PATCH', path, { token, data: { birthday: null } });
        expect(birthday).toMatchObject({ status: 403, code: 'FORBIDDEN' });
        for (const query of ['birthday=1815-12-10', 'sortBy=birthday']) {
          expect((await client.send('GET', `/users?${query}`, { token })).status).toBe(422);
        }

        const { accessToken: all } = await client.logIn(root);
        const managed = { token: all, data: { managerId: user.id } };
        const shown = await client.send('PATCH', path, managed);
        expect(shown.data).toMatchObject({ managerId: user.id, birthday: '1815-12-10' });
        const own = await client.idsOf(`/users?managerId=${user.id}`, token);
        expect(own).toEqual([theirs.id]);
        const deleted = await client.send('DELETE', `/users/${user.id}`, { token: all });
        expect(deleted.status).toBe(204);
        expect((await client.send('GET', path, { token: all })).data).toMatchObject({
          managerId: null,
        });
      });
    }
  });

  it('are green', async () => {
    const own = 'src/modules src/auth';
    await expectGreenIn(project, own);
    await mustRun(`npx vitest run ${own}`, project, { DATABASE_URL: database.url });
  });
});
