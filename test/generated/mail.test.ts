import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createClient, newCredentials, newPassword } from './accounts/client.ts';
import { expectGreenIn, testsIn } from './checks.ts';
import { createDatabase } from './postgres.ts';
import { builtTool, createProject, fullProject, ownFolder } from './projects.ts';
import { redisUrl } from './redis.ts';
import { type Env, mustRun } from './run.ts';
import { launch, type Server, startServer } from './servers.ts';
import { startSmtp } from './smtp.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 240_000 });

const root = { email: 'root@example.com', password: newPassword() };

type Kind = {
  stack: 'express' | 'fastapi';
  /** The variable that says that it runs in production. */
  mode: string;
  build?: string;
  migrate: string;
  user: string;
  start: string;
  /** On the embedded database, and then on PostgreSQL with Redis. */
  prove(project: string, env: Env): Promise<void>;
};

const python = '.venv/bin/python -m app';
const kinds: Kind[] = [
  {
    stack: 'express',
    mode: 'NODE_ENV',
    build: 'npm run build',
    migrate: 'npm run migrate',
    user: 'npm run user --',
    start: 'node dist/main.js',
    async prove(project, env) {
      const tests = 'src/mail src/auth test/config.test.ts';
      await expectGreenIn(project, tests);
      await mustRun(`npx vitest run ${testsIn(tests)}`, project, env);
    },
  },
  {
    stack: 'fastapi',
    mode: 'APP_ENV',
    migrate: `${python}.db.migrate`,
    user: `${python}.user`,
    start: python,
    async prove(project, env) {
      for (const check of [
        'ruff check .',
        'ruff format --check .',
        'mypy .',
        'pytest tests/mail',
      ]) {
        await mustRun(`.venv/bin/${check}`, project);
      }
      const tests = testsIn('tests/mail tests/auth tests/test_config.py');
      await mustRun(`.venv/bin/pytest ${tests}`, project, env);
    },
  },
];

describe.each(kinds)('a project on $stack whose accounts have mail', (kind) => {
  let project: string;
  let gen: string;
  /** A project that brings a mail server along. */
  let mailer: string;
  let database: Awaited<ReturnType<typeof createDatabase>>;
  let smtp: Awaited<ReturnType<typeof startSmtp>>;
  let env: Env;
  let server: Server;
  /** What the server logged that was killed. */
  let before = '';

  beforeAll(async () => {
    const folder = await ownFolder(`mail-${kind.stack}`);
    const tool = await builtTool();
    gen = `node ${tool}/bin/gen.js`;
    project = await createProject(folder, '--api both --accounts mail', kind.stack);
    await mustRun(
      `${gen} field add users nick:string:optional manager:ref:users:optional`,
      project,
    );
    if (kind.build) await mustRun(kind.build, project);
    database = await createDatabase();
    mailer = await fullProject();
    smtp = await startSmtp(mailer);
    env = {
      [kind.mode]: 'production',
      DATABASE_URL: database.url,
      AUTH_RATE_LIMIT: '1000000/minute',
      SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
      MAIL_FROM: 'Shop <shop@example.com>',
      APP_URL: 'https://app.example.com',
    };
    await mustRun(kind.migrate, project, env);
    const make = `${kind.user} create --role admin --email ${root.email}`;
    await mustRun(`echo ${root.password} | ${make}`, project, env);
    server = await startServer(project, env, kind.start);
  });
  afterAll(async () => {
    await server?.stop();
    await smtp?.stop();
    await database?.drop();
  });

  it('is green on the embedded database, and on PostgreSQL with Redis', async () => {
    const own = await createDatabase();
    await kind.prove(project, { DATABASE_URL: own.url, REDIS_URL: await redisUrl() });
    await own.drop();
  });

  it('does not start in production without what mail needs, and names all of it', async () => {
    const { SMTP_URL: _, MAIL_FROM: __, APP_URL: ___, ...rest } = env;
    const refused = launch(project, { PORT: '0', ...rest }, kind.start);
    expect(await refused.ended()).toBe(1);
    for (const name of ['SMTP_URL', 'MAIL_FROM', 'APP_URL']) {
      expect(refused.output()).toContain(`${name}: Needed in production`);
    }
  });

  it('lets users register, forget their password, and change their address by mail', async () => {
    const client = createClient(server.url);
    const post = async (path: string, data: object, token?: string) =>
      client.send('POST', `/auth/${path}`, { data, ...(token !== undefined && { token }) });
    const { email, password } = newCredentials();
    const next = newCredentials();
    expect(await post('register', { email, password })).toMatchObject({
      status: 202,
      data: { email },
    });
    expect((await post('login', { email, password })).status).toBe(401);
    const mail = await smtp.mailTo(email);
    expect(mail).toContain('https://app.example.com/verify-email#token=');
    expect(mail).toContain('From: Shop <shop@example.com>');
    expect((await post('verify-email', { token: await smtp.tokenTo(email) })).status).toBe(204);
    const session = await client.logIn({ email, password });

    await post('forgot-password', { email });
    const token = await smtp.tokenTo(email, 1);
    expect((await post('reset-password', { token, password: next.password })).status).toBe(204);
    expect((await post('login', { email, password })).status).toBe(401);
    expect((await post('refresh', { refreshToken: session.refreshToken })).status).toBe(401);

    const again = await client.logIn({ email, password: next.password });
    const change = { email: next.email, currentPassword: next.password };
    expect((await post('change-email', change, again.accessToken)).status).toBe(202);
    const confirmed = { token: await smtp.tokenTo(next.email) };
    expect((await post('verify-email', confirmed)).status).toBe(204);
    expect(await smtp.mailTo(email, 2)).toContain('Your password has been changed');
    expect(await smtp.mailTo(email, 3)).toContain('Your email address has been changed');
    await client.logIn(next);
  });

  it('invites users, from the API and from the command line', async () => {
    const client = createClient(server.url);
    const { accessToken } = await client.logIn(root);
    const guests = [newCredentials(), newCredentials()] as const;
    const data = { email: guests[0].email, role: 'moderator' };
    const asked = await client.send('POST', '/auth/invite', { token: accessToken, data });
    expect(asked.status).toBe(202);
    await mustRun(`${kind.user} invite --email ${guests[1].email}`, project, env);
    for (const { email, password } of guests) {
      const token = await smtp.tokenTo(email);
      const accepted = { token, password };
      const answer = await client.send('POST', '/auth/accept-invitation', { data: accepted });
      expect(answer).toMatchObject({ status: 201, data: { user: { email, emailVerified: true } } });
    }
  });

  it('loses no mail when the mail server is away and the process is killed', async () => {
    const { port } = smtp;
    await smtp.stop();
    const client = createClient(server.url);
    const { email, password } = newCredentials();
    const asked = await client.send('POST', '/auth/register', { data: { email, password } });
    expect(asked.status).toBe(202);
    await expect.poll(server.output, { timeout: 20_000 }).toContain('mail not sent');
    await server.stop('SIGKILL');
    before = server.output();
    server = await startServer(project, env, kind.start);
    smtp = await startSmtp(mailer, port);
    const token = await smtp.tokenTo(email);
    const verified = await createClient(server.url).send('POST', '/auth/verify-email', {
      data: { token },
    });
    expect(verified.status).toBe(204);
  });

  it('logs no token and no address', async () => {
    const text = before + server.output();
    for (const { to, content } of smtp.received) {
      const [, token = 'none'] = /token=(?:3D)?([\w-]+)/.exec(content) ?? [];
      expect(text).not.toContain(token);
      for (const address of to) expect(text).not.toContain(address);
    }
    expect(text).toContain('"security":"mail_sent"');
  });

  it('keeps what backend.json promises, as gen check finds', async () => {
    const { accessToken } = await createClient(server.url).logIn(root);
    const command = `${gen} check ${server.url} --token ${accessToken}`;
    expect(await mustRun(command, project)).toMatch(/0 broken/);
  });
});
