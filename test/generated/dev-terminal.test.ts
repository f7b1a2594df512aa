import { createServer } from 'node:net';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { keys, openProgram } from '../cli/terminal.ts';
import { builtShop, shopData } from './projects.ts';
import { cleanEnv } from './run.ts';
import { startServer } from './servers.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

const json = /^\{"level":"info",.*"msg":"listening"\}$/m;
let project: string;
beforeAll(async () => {
  project = await builtShop();
});

/** A port that nobody listens on. */
async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return String(address instanceof Object ? address.port : 0);
}

/** Starts a command in the project as a person does, who looks at what it prints. */
async function onTerminal(command: string, name: string, env = {}) {
  const PORT = await freePort();
  const settings = { DATA_DIR: await shopData(name), HOST: '127.0.0.1', PORT, ...env };
  const [program = '', ...args] = command.split(' ');
  const place = { cwd: project, env: cleanEnv(settings) };
  return { session: openProgram(program, args, place), url: `http://localhost:${PORT}` };
}

describe('the log on a terminal', () => {
  it('of `npm run dev` is lines for people, and tells where the documentation is', async () => {
    const { session, url } = await onTerminal('npm run dev', 'dev-terminal');
    await session.see(`the documentation is at ${url}/docs`);
    const page = await fetch(url.replace('localhost', '127.0.0.1'));
    expect([page.url, page.status]).toEqual([`${url.replace('localhost', '127.0.0.1')}/docs`, 200]);
    await session.see('GET /docs 200, request of ');
    session.type(keys.ctrlC);
    const { text } = await session.end();
    expect(text).toMatch(/^\[?\d\d:\d\d:\d\d\]? INFO.*listening/m);
    expect(text).not.toContain('"level"');
  });

  it('is JSON in production', async () => {
    const env = { NODE_ENV: 'production' };
    const { session, url } = await onTerminal('node dist/main.js', 'production-terminal', env);
    await session.see('"msg":"listening"');
    expect((await fetch(url.replace('localhost', '127.0.0.1'))).status).toBe(404);
    session.type(keys.ctrlC);
    const { text } = await session.end();
    expect(text).toMatch(json);
    expect(text).not.toContain('/docs');
  });
});

it('the log of `npm run dev` is JSON where something else reads it', async () => {
  const env = { DATA_DIR: await shopData('dev-pipe') };
  const server = await startServer(project, env, 'npm run dev');
  await server.stop();
  expect(server.output()).toMatch(json);
});
