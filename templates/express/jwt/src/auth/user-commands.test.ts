import { beforeEach, describe, expect, it } from 'vitest';
import { type Api, startApi } from '../../test/api.ts';
import { insertUser } from '../modules/users/users.fixtures.ts';
import { runUserCommand } from './user-commands.ts';

const password = 'open the red door';
let api: Api;

beforeEach(async () => {
  api = await startApi();
  await api.reset();
  return () => api.close();
});

const run = (line: string, given = password) =>
  runUserCommand(line.split(' '), { db: api.db, readPassword: async () => given });
const logIn = (email: string) => api.post('/api/auth/login', { email, password });

describe('user', () => {
  it('create makes an administrator who can log in', async () => {
    expect(await run('create --role admin --email Ada@Example.com')).toContain('ada@example.com');
    const { status, body } = await logIn('ada@example.com');
    expect(status).toBe(200);
    expect(body.data.user.role).toBe('admin');
  });

  it('set-role, disable and enable change a user', async () => {
    await run('create --email ada@example.com');
    await run('set-role --email ada@example.com --role moderator');
    const { user, refreshToken } = (await logIn('ada@example.com')).body.data;
    expect(user.role).toBe('moderator');
    await run('disable --email ada@example.com');
    expect((await logIn('ada@example.com')).status).toBe(401);
    await run('enable --email ada@example.com');
    expect((await logIn('ada@example.com')).status).toBe(200);
    expect((await api.post('/api/auth/refresh', { refreshToken })).status).toBe(401);
  });

  it.each([
    ['no command', '', 'Expected one of these'],
    ['an unknown command', 'remove --email a@example.com', 'Expected one of these'],
    ['more than a command', 'create admin', 'Expected one of these'],
    ['an unknown option', 'create --name ada', 'name'],
    ['no address', 'create --role admin', 'email: '],
    ['an unknown role', 'create --role root --email a@example.com', 'role: '],
    ['nobody', 'disable --email a@example.com', 'There is no user a@example.com'],
  ])('refuses %s', async (_case, line, message) => {
    await expect(run(line)).rejects.toThrow(message);
  });

  it('refuses a bad password without repeating it', async () => {
    const refused = run('create --email a@example.com', 'password1234');
    await expect(refused).rejects.toThrow(/^password: (?!.*password1234)/s);
  });

  it('refuses an address that is taken', async () => {
    const { email } = await insertUser(api.db);
    await expect(run(`create --email ${email}`)).rejects.toThrow('set-role');
  });
});
