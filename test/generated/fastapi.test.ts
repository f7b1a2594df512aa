import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { docsInBrowser } from './accounts/page.ts';
import { testsIn } from './checks.ts';
import { outages } from './fastapi/outages.ts';
import { createDatabase } from './postgres.ts';
import { builtTool, ownFolder } from './projects.ts';
import { redisUrl } from './redis.ts';
import { mustRun, run } from './run.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 });

/** What people type, but for the place where uv is: where none is, it comes into the project. */
const python = (command: string) => `. .venv/bin/activate && ${command}`;

const lines = [
  'endpoint customers name:string:max=120:search email:email:unique vip:boolean:default=false:filter',
  'endpoint products title:string:search price:decimal:min=0:filter:sort status:enum:draft,active:filter class:string json:json:optional tags:string:list --pagination offset',
  'endpoint orders customer:ref:customers placedAt:datetime:sort note:text:optional --under customers',
  'endpoint notes text:text --access read=owner',
];

describe('a project on FastAPI, made and grown as people do', () => {
  let project: string;
  let gen: (line: string) => Promise<string>;

  beforeAll(async () => {
    const folder = await ownFolder('fastapi');
    const tool = await builtTool();
    const flags = '--stack fastapi --accounts none --yes';
    const told = await mustRun(`node ${tool}/bin/create-backend.js shop ${flags}`, folder);
    expect(told).toContain('uv run python -m gen endpoint posts title:string body:text');
    project = join(folder, 'shop');
    gen = (line) => mustRun(`node ${tool}/bin/gen.js ${line}`, project);
    for (const line of lines) await gen(line);
    await gen('field add products rating:integer:min=1:max=5:optional');
  });

  it('finds its own tool by the pin in pyproject.toml, and installs it once', async () => {
    const list = await mustRun(python('python -m gen list --json'), project);
    expect(list).toContain('"/api/customers/:customerId/orders"');
    await writeFile(join(project, '.backend/tool/mark'), '');
    await mustRun(python('python -m gen status --json'), project);
    // What was installed is there still.
    expect(await readFile(join(project, '.backend/tool/mark'), 'utf8')).toBe('');
    const without = await run(python('PATH="$PWD/.venv/bin" python -m gen list'), project);
    expect(without).toMatchObject({ exitCode: 1 });
    expect(without.output).toContain('gen needs node, of Node 20.19 or later');
  });

  it.each(['ruff check .', 'ruff format --check .', 'mypy .'])('%s is content', async (command) => {
    await mustRun(python(command), project);
  });

  it('passes its own tests', async () => {
    await mustRun(
      python(`pytest -q ${testsIn('tests/auth tests/modules tests/test_app.py')}`),
      project,
    );
  });

  it('shares its limits by a real Redis', async () => {
    const env = { REDIS_URL: await redisUrl() };
    const told = await mustRun(python('pytest -q -rs tests/test_limits.py'), project, env);
    expect(told).not.toContain('SKIPPED');
  });

  describe('on its page', () => {
    docsInBrowser(() => project, {
      command: '.venv/bin/python -m app',
      async open() {
        const { url: DATABASE_URL, drop } = await createDatabase();
        await mustRun(python('python -m app.db.migrate'), project, { DATABASE_URL });
        return { env: { DATABASE_URL }, drop };
      },
    });
  });
  describe('while it runs', () => outages(() => project));

  it('is committed without what is made', async () => {
    const files = await mustRun('git ls-files', project);
    expect(files).toContain('uv.lock');
    expect(files).not.toMatch(/^(?:\.venv|\.backend\/tool|\.env$|.*__pycache__)/m);
  });

  it('has every route that is generated, and every migration before and after it ran', async () => {
    const list = await gen('list');
    expect(list).not.toContain('may add routes');
    const status = await gen('status || true');
    expect(status).not.toContain('does not contain');
    expect(status).toMatch(/migrations? (?:is|are) pending: uv run python -m app\.db\.migrate/);
  });
});
