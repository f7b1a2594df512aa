import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { stacks } from '../../src/stacks/stacks.ts';
import { createClient, newCredentials } from './accounts/client.ts';
import { builtTool, ownFolder } from './projects.ts';
import { mustRun } from './run.ts';
import { type Server, startServer } from './servers.ts';

vi.setConfig({ testTimeout: 600_000 });

/** What a new user types who follows the README of a project that they made without a flag but the stack. */
const readmes = [
  {
    stack: 'express',
    gen: 'npx gen',
    checks: [
      'npm run type-check',
      'npm run lint',
      'npm run format:check',
      'npm test',
      'npm run build',
    ],
    develop: 'npm run dev',
    user: 'npm run user -- create --role admin --email',
  },
  {
    stack: 'fastapi',
    gen: '.venv/bin/python -m gen',
    checks: ['mypy .', 'ruff check .', 'ruff format --check .', 'pytest -q'].map(
      (command) => `.venv/bin/${command}`,
    ),
    develop: '.venv/bin/python -m app --reload',
    user: '.venv/bin/python -m app.user create --role admin --email',
  },
] as const;

const manifest = z.object({ accounts: z.array(z.string()).default([]) });

/** The token of the newest link to a page that the server logged for its developer. */
async function tokenIn(server: Server, page: string): Promise<string> {
  const link = new RegExp(`/${page}#token=([\\w-]+)`, 'g');
  return vi.waitFor(() => {
    const token = [...server.output().matchAll(link)].at(-1)?.[1];
    if (token === undefined) throw new Error(`There is no link to ${page}:\n${server.output()}`);
    return token;
  }, 10_000);
}

describe.each(readmes)('a new project on $stack, by its defaults', (readme) => {
  it('has all parts of accounts, is green, and lets its first users in', async () => {
    const { stack, gen, checks, develop, user } = readme;
    const folder = await ownFolder(`first-minutes-${stack}`);
    const command = `node ${await builtTool()}/bin/create-backend.js shop --stack ${stack} --yes`;
    await mustRun(command, folder);
    const project = join(folder, 'shop');
    const { accounts } = manifest.parse(
      JSON.parse(await readFile(join(project, 'backend.json'), 'utf8')),
    );
    expect(accounts).toEqual(stacks[stack].rules.accounts);
    await mustRun(`${gen} endpoint posts title:string body:text`, project);
    for (const check of checks) await mustRun(check, project);

    const admin = newCredentials();
    await mustRun(`echo '${admin.password}' | ${user} ${admin.email}`, project);
    const server = await startServer(project, {}, develop);
    try {
      const client = createClient(server.url);
      const { email, password } = newCredentials();
      const asked = await client.send('POST', '/auth/register', { data: { email, password } });
      if (accounts.includes('mail')) {
        expect(asked).toMatchObject({ status: 202, data: { email } });
        const data = { token: await tokenIn(server, 'verify-email') };
        expect(await client.send('POST', '/auth/verify-email', { data })).toMatchObject({
          status: 204,
        });
      } else {
        expect(asked.status).toBe(201);
      }
      const { accessToken } = await client.logIn({ email, password });
      const post = { title: 'First', body: 'So it goes' };
      const id = await client.create('/posts', accessToken, post);
      expect(await client.idsOf('/posts', accessToken)).toEqual([id]);
      expect((await client.logIn(admin)).user.role).toBe('admin');
    } finally {
      await server.stop();
    }
  });
});
