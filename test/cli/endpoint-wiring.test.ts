import { chmod, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectWith, run, treeOf, write } from './run-bin.ts';

const routes = 'src/routes.ts';
const gen = (cwd: string, command: string) => run('gen', command.split(' '), { cwd });
const read = (project: string, path = routes) => readFile(join(project, path), 'utf8');

const start = `import { Router } from 'express';
import type { Dependencies } from './app.ts';
`;

describe('the routes file, as users shape it, is wired and keeps its shape', () => {
  it.each<[string, (text: string) => string, string]>([
    ['double quotes', (text) => text.replaceAll("'", '"'), 'from "./modules/tags/tags.routes.ts";'],
    ['no semicolons', (text) => text.replaceAll(';', ''), 'router.use(tagsRoutes(deps))\n'],
    ['tabs', (text) => text.replaceAll('  ', '\t'), '\n\trouter.use(tagsRoutes(deps));\n'],
    ['Windows lines', (text) => text.replaceAll('\n', '\r\n'), 'tagsRoutes(deps));\r\n'],
    [
      'another name of the router',
      (text) => text.replaceAll('router', 'api'),
      'api.use(tagsRoutes(deps));',
    ],
    ['another name of what is passed', (text) => text.replaceAll('deps', 'app'), 'tagsRoutes(app)'],
    [
      'a not-found handler at the end',
      (text) =>
        text.replace('  return', '  router.use((_req, res) => res.sendStatus(404));\n  return'),
      'router.use(tagsRoutes(deps));\n  router.use((_req, res)',
    ],
    [
      'routes in a list with comments',
      () => `${start}import { usersRoutes } from './modules/users/users.routes.ts';

export function createRoutes(deps: Dependencies): Router {
  const router = Router();
  const all = [
    usersRoutes, // people first
  ];
  for (const each of all) router.use(each(deps));
  return router;
}
`,
      'tagsRoutes,',
    ],
    [
      'routes spread from a constant',
      () => `${start}import { usersRoutes } from './modules/users/users.routes.ts';

export function createRoutes(deps: Dependencies): Router {
  const own = [usersRoutes(deps)];
  return Router().use(...own);
}
`,
      'tagsRoutes(deps)',
    ],
  ])('%s', async (_, reshape, expected) => {
    const project = await projectWith('users name');
    const before = reshape(await read(project));
    await write(project, routes, before);
    const { code, stdout, stderr } = await gen(project, 'endpoint tags name');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`   update  ${routes}\n`);
    const after = await read(project);
    expect(after).toContain(expected);
    const lost = before.split('\n').filter((line) => !after.includes(line.trim()));
    expect(lost.filter((line) => !line.includes('usersRoutes'))).toEqual([]);
    expect(after.includes('\r\n')).toBe(before.includes('\r\n'));
    expect(after.replaceAll('\r\n', '').includes('\r')).toBe(false);
  });

  it('keeps the mode of the file', async () => {
    const project = await projectWith();
    await chmod(join(project, routes), 0o640);
    await gen(project, 'endpoint tags name');
    expect((await stat(join(project, routes))).mode & 0o777).toBe(0o640);
  });
});

const manual: [string, string | undefined][] = [
  ['missing', undefined],
  ['cut off', `${start}export function createRoutes(`],
  ['without a router', 'export const routes = makeRoutes();\n'],
];

describe('a routes file that cannot be edited for sure', () => {
  it.each(manual)('%s: nothing is written, the lines to paste are shown', async (_, text) => {
    const project = await projectWith();
    if (text === undefined) await rm(join(project, routes));
    else await write(project, routes, text);
    const before = await treeOf(project);
    for (const flag of ['', ' --dry-run', ' --diff', ' --force']) {
      const { code, stdout, stderr } = await gen(project, `endpoint tags name${flag}`);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/^ {3}manual {2}src\/routes\.ts {2}\S/);
      expect(stderr).toContain('Paste this into src/routes.ts:\n');
      expect(stderr).toContain(`    import { tagsRoutes } from './modules/tags/tags.routes.ts';\n`);
      expect(stderr).toContain('    router.use(tagsRoutes(deps));\n');
      expect(stderr).toContain('✗ Nothing was written.');
      expect(stderr).toContain('Then run: npx gen endpoint tags name');
      expect(await treeOf(project)).toEqual(before);
    }
  });

  it.each(manual)('%s, as JSON', async (_, text) => {
    const project = await projectWith();
    if (text === undefined) await rm(join(project, routes));
    else await write(project, routes, text);
    const { code, stdout } = await gen(project, 'endpoint tags name --json');
    expect(code).toBe(1);
    const { plan, result } = JSON.parse(stdout);
    expect(result).toEqual({ status: 'manual' });
    expect(plan.notices).toMatchObject([{ kind: 'manual', path: routes }]);
    expect(Object.keys(await treeOf(project))).not.toContain('src/modules/tags');
  });

  it('is fine once the lines are pasted, and the command runs again', async () => {
    const project = await projectWith();
    const shape = (imports: string, mounts: string) => `${start}${imports}
const make = () => Router();

export function createRoutes(deps: Dependencies): Router {
  const router = make();
${mounts}
  return router;
}
`;
    await write(project, routes, shape('', ''));
    const refused = await gen(project, 'endpoint tags name');
    expect(refused.code).toBe(1);
    const lines = refused.stderr.split('\n').flatMap((line) => /^ {4}(.+)$/.exec(line)?.[1] ?? []);
    const code = lines.filter((line) => !line.startsWith('//'));
    const pasted = shape(
      `${code.filter((line) => line.startsWith('import')).join('\n')}\n`,
      code.filter((line) => !line.startsWith('import')).join('\n'),
    );
    await write(project, routes, pasted);
    const { code: exit, stdout, stderr } = await gen(project, 'endpoint tags name');
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(stdout).toContain(`     same  ${routes}\n`);
    expect(await read(project)).toBe(pasted);
    expect(await read(project, 'src/modules/tags/tags.routes.ts')).toContain('tagsRoutes');
  });
});

describe('an endpoint that cannot be taken out of a shared file for sure', () => {
  it('shows the lines to delete, and is removed once they are', async () => {
    const project = await projectWith('tags name', 'posts title');
    const together = '  router.use(tagsRoutes(deps), postsRoutes(deps));\n';
    const text = (await read(project, routes))
      .replace('  router.use(tagsRoutes(deps));\n', together)
      .replace('  router.use(postsRoutes(deps));\n', '');
    await write(project, routes, text);
    const before = await treeOf(project);
    const refused = await gen(project, 'remove endpoint posts --force');
    expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(`
Delete these lines from src/routes.ts, or only postsRoutes where a line does more:

    import { postsRoutes } from './modules/posts/posts.routes.ts';
    ${together}`);
    expect(refused.stderr).toContain('Then run: npx gen remove endpoint posts --force');
    expect(refused.stderr).not.toContain('aste');
    expect(await treeOf(project)).toEqual(before);

    const lines = text.replace(/import \{ postsRoutes.*\n/, '').replace(', postsRoutes(deps)', '');
    await write(project, routes, lines);
    expect(await gen(project, 'remove endpoint posts --force')).toMatchObject({ code: 0 });
    expect(await read(project, routes)).toBe(lines);
  });
});

describe('a module that was moved', () => {
  it('is not changed where it was, and the refusal says where it seems to be', async () => {
    const project = await projectWith('posts title');
    await mkdir(join(project, 'src/domain'));
    await rename(join(project, 'src/modules/posts'), join(project, 'src/domain/posts'));
    const before = await treeOf(project);
    for (const command of [
      'field add posts note:text:optional',
      'field change posts title:text',
      'field rename posts title headline',
      'remove endpoint posts --force',
    ]) {
      const { code, stdout, stderr } = await gen(project, command);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain('They seem to be in src/domain/posts now.');
      expect(stderr).toContain('Try: git mv src/domain/posts src/modules/posts\n');
      expect(await treeOf(project)).toEqual(before);
    }
  });
});
