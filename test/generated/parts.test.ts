import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { executables, treeOf } from '../cli/run-bin.ts';
import { installedProject } from './accounts/project.ts';
import { expectGreen } from './checks.ts';
import { builtTool, ownFolder } from './projects.ts';
import { mustRun, run } from './run.ts';
import { startServer } from './servers.ts';

vi.setConfig({ testTimeout: 600_000 });

const handmade = '  // Ours comes first.\n  app.use(noticeProxies';
const rules = { read: 'public', update: 'moderator', delete: 'admin' };

/** A project without accounts, with what one with accounts needs installed: nothing is fetched. */
async function newProject(): Promise<string> {
  const folder = await ownFolder('parts');
  const tool = await builtTool();
  const flags = '--auth none --no-install --no-git --yes';
  await mustRun(`node ${tool}/bin/create-backend.js shop ${flags}`, folder);
  const project = join(folder, 'shop');
  await symlink(join(await installedProject(), 'node_modules'), join(project, 'node_modules'));
  await mustRun('git init -q && echo node_modules > .git/info/exclude', project);
  return project;
}

it('gets accounts and loses them again, with its rows and what was written by hand', async () => {
  const project = await newProject();
  const manifest = join(project, 'backend.json');
  const installs = join(project, '../installs');
  const PATH = `${await executables({ npm: `echo "$@" >> ${installs}` })}:${process.env.PATH}`;
  const gen = async (args: string) =>
    run(`node ${await builtTool()}/bin/gen.js ${args}`, project, { PATH });
  const mustGen = async (args: string) => expect(await gen(args)).toMatchObject({ exitCode: 0 });
  const edit = async (path: string, change: (text: string) => string) =>
    writeFile(path, change(await readFile(path, 'utf8')));
  const setAuth = (auth: string, access: object | undefined) =>
    edit(manifest, (text) => {
      const { endpoints, ...rest } = JSON.parse(text);
      const all = Object.entries<object>(endpoints).map(([name, endpoint]) => {
        return [name, { ...endpoint, access }];
      });
      return `${JSON.stringify({ ...rest, auth, endpoints: Object.fromEntries(all) }, null, 2)}\n`;
    });
  const visit = async (work: (url: string) => Promise<void>) => {
    await mustRun('npm run build', project);
    const server = await startServer(project, {
      NODE_ENV: 'production',
      ...(await secretOf(project)),
    });
    await work(`${server.url}/api`);
    await server.stop();
  };
  const post = (url: string, data: object, token?: string) =>
    fetch(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(token && { Authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ data }),
    });
  const titles = async (url: string) => {
    const { data } = await bodyOf(await fetch(`${url}/posts`));
    return data.map(({ title }: { title: string }) => title);
  };

  await mustGen('endpoint zebras name:string');
  await mustGen('endpoint posts title:string');
  await edit(join(project, 'src/app.ts'), (text) =>
    text.replace('  app.use(noticeProxies', handmade),
  );
  await visit(async (url) => {
    expect(await post(`${url}/posts`, { title: 'before' })).toMatchObject({ status: 201 });
  });
  const before = await treeOf(project);

  await setAuth('jwt', rules);
  await mustGen('apply');
  expect(await readFile(installs, 'utf8')).toBe('install\n');
  await expectGreen(project);
  await visit(async (url) => {
    expect(await post(`${url}/posts`, { title: 'stranger' })).toMatchObject({ status: 401 });
    const account = { email: 'ada@example.com', password: 'a long and rare passphrase' };
    const { data } = await bodyOf(await post(`${url}/auth/register`, account));
    expect(await post(`${url}/posts`, { title: 'ada' }, data.accessToken)).toMatchObject({
      status: 201,
    });
    expect(await titles(url)).toEqual(['ada', 'before']);
  });

  await setAuth('none', rules);
  expect(await gen('apply')).toMatchObject({
    exitCode: 1,
    output: expect.stringContaining('`posts` has rules of access, which needs accounts.'),
  });
  await setAuth('none', undefined);
  expect(await gen('apply')).toMatchObject({
    exitCode: 1,
    output: expect.stringContaining('The table `users` is dropped with all its rows.'),
  });
  await mustGen('apply --force');
  await expectGreen(project);
  await visit(async (url) => {
    expect(await titles(url)).toEqual(['ada', 'before']);
    expect(await post(`${url}/auth/register`, {})).toMatchObject({ status: 404 });
  });
  const added = /^(src\/db\/migrations\/|\.backend\/|\.data\/|dist\/|\.env$|backend\.lock\.json$)/;
  const codeOf = (tree: Record<string, string>) =>
    Object.fromEntries(Object.entries(tree).filter(([path]) => !added.test(path)));
  expect(codeOf(await treeOf(project))).toEqual(codeOf(before));
});

const bodyOf = async (response: Response) => JSON.parse(await response.text());

/** What the `.env` of a project says, where it has one. */
async function secretOf(project: string): Promise<{ AUTH_SECRET?: string }> {
  const text = await readFile(join(project, '.env'), 'utf8').catch(() => '');
  const [, secret] = /^AUTH_SECRET=(.+)$/m.exec(text) ?? [];
  return secret === undefined ? {} : { AUTH_SECRET: secret };
}
