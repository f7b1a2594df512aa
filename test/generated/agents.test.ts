import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { installedProject } from './accounts/project.ts';
import { expectGreenIn } from './checks.ts';
import { builtTool, copyProject, newProject, ownFolder } from './projects.ts';
import { mustRun } from './run.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const module = 'src/modules/posts';

/** The code blocks that AGENTS.md tells to write into a file, or to make it of. */
function blocksOf(agents: string): string[] {
  const [, example = ''] = agents.split('## An endpoint written by hand\n');
  return [...example.matchAll(/^```(?:ts|python)\n(.*?)^```$/gms)].map(([, code = '']) => code);
}

async function insertBefore(file: string, mark: string, code: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  const at = text.lastIndexOf(mark);
  expect(at, `${mark} in ${file}`).toBeGreaterThan(0);
  await writeFile(file, text.slice(0, at) + code + text.slice(at));
}

describe.each([
  { auth: 'none', installed: newProject },
  { auth: 'jwt', installed: installedProject },
])('the endpoint that AGENTS.md shows, with --auth $auth', ({ auth, installed }) => {
  it('is green as it is written there', async () => {
    const project = await copyProject(await installed(), await ownFolder(`agents-${auth}`));
    const access = auth === 'jwt' ? ' --access read=public' : '';
    const fields = 'title:string status:enum:draft,published';
    await mustRun(`npx gen endpoint posts ${fields}${access}`, project);
    const blocks = blocksOf(await readFile(join(project, 'AGENTS.md'), 'utf8'));
    expect(blocks).toHaveLength(3);
    const [routes = '', openapi = '', test = ''] = blocks;
    await insertBefore(join(project, module, 'posts.routes.ts'), '  return router;', routes);
    await insertBefore(join(project, module, 'posts.openapi.ts'), '};', openapi);
    await writeFile(join(project, module, 'posts.publish.test.ts'), test);
    await expectGreenIn(project, module);
  });
});

describe.each(['none', 'jwt'])('the one on FastAPI, with --auth %s', (auth) => {
  it('is green as it is written there', async () => {
    const folder = await ownFolder(`agents-fastapi-${auth}`);
    const project = join(folder, 'shop');
    const tool = await builtTool();
    const access = auth === 'jwt' ? ' --access read=public' : '';
    const fields = 'title:string status:enum:draft,published';
    const create = `node ${tool}/bin/create-backend.js shop --stack fastapi --auth ${auth} --yes`;
    await mustRun(create, folder);
    await mustRun(`node ${tool}/bin/gen.js endpoint posts ${fields}${access}`, project);
    const blocks = blocksOf(await readFile(join(project, 'AGENTS.md'), 'utf8'));
    expect(blocks).toHaveLength(2);
    const [route = '', test = ''] = blocks;
    await appendFile(join(project, 'app/modules/posts/router.py'), `\n\n${route}`);
    await writeFile(join(project, 'tests/test_publish_post.py'), test);
    const checks = ['ruff check .', 'ruff format --check .', 'mypy .'];
    for (const command of [...checks, 'pytest -q tests/test_publish_post.py']) {
      await mustRun(`. .venv/bin/activate && ${command}`, project);
    }
  });
});
