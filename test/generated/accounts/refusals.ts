import { beforeAll, expect, it } from 'vitest';
import type { Env } from '../run.ts';
import { launch } from '../servers.ts';
import { newCredentials } from './client.ts';
import { removeEnv, runUser } from './project.ts';

const secrets: [kind: string, env: Env][] = [
  ['no', {}],
  ['an empty', { AUTH_SECRET: '' }],
  ['a short', { AUTH_SECRET: 'aB3dE5fG7hJ9' }],
  ['a well-known', { AUTH_SECRET: 'your-256-bit-secret-your-256-bit-secret' }],
  ['a monotonous', { AUTH_SECRET: 'ab'.repeat(32) }],
];

/** Nobody serves without a secret worth the name. Takes the project its `.env`. */
export function refusalsToStart(project: () => string): void {
  beforeAll(() => removeEnv(project()));

  it.concurrent.each(secrets)(
    'does not start with %s secret, and names the variable',
    async (_kind, env) => {
      const server = launch(project(), { PORT: '0', ...env }, 'npm start');
      expect(await server.ended()).toBe(1);
      expect(server.output()).toContain('AUTH_SECRET: Expected');
      if (env.AUTH_SECRET) expect(server.output()).not.toContain(env.AUTH_SECRET);
      expect(server.log()).toEqual([]);
    },
  );

  it('makes users without a secret, since that signs nothing', async () => {
    const { email, password } = newCredentials();
    expect(
      await runUser(project(), `create --email ${email}`, password, {}, 'node dist/user.js'),
    ).toContain(email);
  });
}
