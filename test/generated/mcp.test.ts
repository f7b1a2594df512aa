import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { projectOn } from '../cli/run-bin.ts';
import { builtTool, once } from './projects.ts';
import { mustRun } from './run.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const VERSION = '2.12.0';

const toldSchema = z.object({ content: z.tuple([z.object({ text: z.string() })]) });

/** The official inspector of MCP servers. It asks for a later Node, and its command line runs on 20. */
let inspector: string;
beforeAll(async () => {
  const folder = await once('mcp-inspector', async (made) => {
    const flags = '--ignore-scripts --no-audit --no-fund --prefix .';
    await mustRun(`npm install ${flags} @modelcontextprotocol/inspector@${VERSION}`, made);
  });
  inspector = join(folder, 'node_modules/.bin/mcp-inspector');
});

/** What the inspector prints of the answer to a request. */
async function inspect(project: string, method: string, ...args: readonly string[]) {
  const server = ['node', join(await builtTool(), 'bin/gen.js'), 'mcp'];
  const all = ['--cli', ...server, '--method', method, ...args];
  const { stdout } = await execa(inspector, all, { cwd: project, reject: false });
  return stdout;
}

async function call(project: string, tool: string, input: Record<string, unknown>) {
  const given = Object.entries(input).flatMap(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return ['--tool-arg', `${name}=${text}`];
  });
  const stdout = await inspect(project, 'tools/call', '--tool-name', tool, ...given);
  const [{ text }] = toldSchema.parse(JSON.parse(stdout)).content;
  return JSON.parse(text);
}

describe.each(['express', 'fastapi'])('the inspector, with a project on %s', (stack) => {
  it('lists what gen mcp has', async () => {
    const project = await projectOn(stack);
    const tools = await inspect(project, 'tools/list');
    expect([...tools.matchAll(/"name": "(\w+)"/g)].map(([, name]) => name)).toEqual([
      ...['plan', 'apply', 'status', 'routes'],
    ]);
    const text = await inspect(project, 'resources/read', '--uri', 'gen://AGENTS.md');
    const agents = await readFile(join(project, 'AGENTS.md'), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ contents: [{ text: agents }] });
  });

  it('plans and applies, and is refused another digest', async () => {
    const project = await projectOn(stack);
    const command = ['endpoint', 'posts', 'title:string'];
    const { digest } = await call(project, 'plan', { command });
    const other = await call(project, 'apply', { command, digest: `0${digest}` });
    expect(other).toMatchObject({ error: { kind: 'user' }, exitCode: 1 });
    expect(await call(project, 'apply', { command, digest })).toMatchObject({ status: 'done' });
    const { routes } = await call(project, 'routes', {});
    expect(routes).toContainEqual(expect.objectContaining({ method: 'POST', path: '/api/posts' }));
    expect(await call(project, 'status', {})).toMatchObject({ result: { status: 'current' } });
  });
});
