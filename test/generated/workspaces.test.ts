import { readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { isBroad } from './broad.ts';
import { expectGreenIn } from './checks.ts';
import { builtTool, ownFolder } from './projects.ts';
import { mustRun, run } from './run.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 300_000 });

const biome = '@biomejs/biome';

/** The very version that a project has. */
async function biomeVersion(): Promise<string> {
  const template = join(import.meta.dirname, '../../templates/express/project/package.json.hbs');
  return /"@biomejs\/biome": "([^"]+)"/.exec(await readFile(template, 'utf8'))?.[1] ?? '';
}

type Files = Record<string, string>;

/** A repository that is a workspace, with a project that was made and installed in it. */
async function makeWorkspace(root: string, files: Files, env = {}): Promise<string> {
  await mustRun('git init -q .', root);
  const all: Files = { '.gitignore': 'node_modules/\n', ...files };
  for (const [path, text] of Object.entries(all)) await writeFile(join(root, path), text);
  await mustRun(`node ${await builtTool()}/bin/create-backend.js packages/api --yes`, root, env);
  return join(root, 'packages/api');
}

async function packageJson(more: object): Promise<string> {
  const devDependencies = { [biome]: await biomeVersion() };
  return JSON.stringify({ name: 'all', private: true, devDependencies, ...more }, null, 2);
}

const ourRules = `{
  "formatter": { "indentStyle": "tab" },
  "linter": { "rules": { "suspicious": { "noExplicitAny": "off" } } }
}\n`;

const broken = 'export const any = (value: any) => value;\n';

const roots: [title: string, settings: Files][] = [
  ['with settings of the linter at its root', { 'biome.json': ourRules }],
  ['without any', {}],
];

describe.each(isBroad ? roots : roots.slice(0, 1))('a workspace of npm %s', (_title, settings) => {
  const hasSettings = Object.keys(settings).length > 0;
  let root: string;
  let project: string;

  beforeAll(async () => {
    root = await ownFolder(`workspace-${hasSettings ? 'linted' : 'bare'}`);
    const files = {
      'package.json': await packageJson({ workspaces: ['packages/*'] }),
      ...settings,
    };
    project = await makeWorkspace(root, files);
    await mustRun('npx gen endpoint posts title:string author:ref:users', project);
    await mustRun('npm run build', project);
  });

  it('has a project that is green, built as well', async () => {
    await expectGreenIn(project, 'src/modules/posts');
    const status = await mustRun('npx gen status', project);
    expect(status).toMatch(/^(\d+) generated files: \1 pristine/m);
  });

  it('runs the scripts of the project from its root', async () => {
    for (const script of ['lint', 'format:check', 'type-check']) {
      await mustRun(`npm run ${script} --workspace packages/api`, root);
    }
  });

  it('keeps the rules of the project, and those of others elsewhere', async () => {
    const inside = join(project, 'src/broken.ts');
    const outside = join(root, 'outside.ts');
    await writeFile(inside, broken);
    expect(await run('npm run lint', project)).toMatchObject({ exitCode: 1 });
    const command = 'npx biome lint --error-on-warnings .';
    if (hasSettings) {
      await writeFile(outside, broken);
      const { output } = await run(command, root);
      expect(output).toContain('packages/api/src/broken.ts:1:28 lint/suspicious/noExplicitAny');
      expect(output).not.toContain('outside.ts');
      await writeFile(inside, '');
      await mustRun(command, root);
    }
    await mustRun('rm src/broken.ts', project);
  });

  it('has the tool of the project at its root, where later commands find it', async () => {
    const undone = await mustRun('npx gen undo', project);
    expect(undone).toContain('src/modules/posts');
    await mustRun('npx gen apply', project);
  });
});

/** npm is above, and pnpm, which differs most, is always tried; what installs them is what the image of a project installs. */
const managers = [
  { name: 'pnpm', spec: 'pnpm@12.21.0', exec: 'pnpm exec', install: '' },
  { name: 'yarn', spec: '@yarnpkg/cli-dist@4.18.1', exec: 'yarn', install: '' },
  { name: 'bun', spec: 'bun@1.4.5', exec: 'bunx', install: '--ignore-scripts=false' },
];

describe.each(isBroad ? managers : managers.slice(0, 1))(
  'a workspace of $name',
  ({ name, spec, exec, install }) => {
    it('has a project that installs, grows, and passes its checks', async () => {
      const folder = await ownFolder(`workspace-${name}`);
      const tools = join(folder, 'tools');
      await mustRun(`npm install --no-audit ${install} --prefix ${tools} ${spec}`, folder);
      const env = {
        PATH: `${join(tools, 'node_modules/.bin')}${delimiter}${process.env.PATH}`,
        CI: '',
      };
      const root = await ownFolder(`workspace-${name}/all`);
      const version = spec.split('@').at(-1);
      const globs = ['packages/*'];
      const declared =
        name === 'pnpm' ? {} : { workspaces: globs, packageManager: `${name}@${version}` };
      const project = await makeWorkspace(
        root,
        {
          'package.json': await packageJson(declared),
          'biome.json': ourRules,
          ...(name === 'pnpm' && { 'pnpm-workspace.yaml': `packages: ${JSON.stringify(globs)}\n` }),
          ...(name === 'yarn' && { '.yarnrc.yml': 'nodeLinker: node-modules\n', 'yarn.lock': '' }),
        },
        env,
      );
      expect(JSON.parse(await readFile(join(project, 'backend.json'), 'utf8'))).toMatchObject({
        packageManager: name,
        above: ['repository', 'workspace', 'linter'],
      });
      await mustRun(`${exec} gen endpoint posts title:string author:ref:users`, project, env);
      for (const script of ['type-check', 'lint', 'format:check', 'build']) {
        await mustRun(`${name} run ${script}`, project, env);
      }
      await mustRun(`${exec} vitest run src/modules/posts`, project, env);
      expect(await mustRun(`${exec} gen status`, project, env)).toMatch(
        /^(\d+) generated files: \1 pristine/m,
      );
      await mustRun(`${exec} biome lint --error-on-warnings packages`, root, env);
      // What has to be said at the root is what the report says: then a plain install works.
      if (name !== 'pnpm') return;
      expect((await run('pnpm install', root, env)).exitCode).toBe(1);
      await mustRun(`pnpm approve-builds '!esbuild' '!@scarf/scarf'`, project, env);
      await mustRun('pnpm install', project, env);
    });
  },
);
