import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { isBroad } from './broad.ts';
import { builtTool, ownFolder } from './projects.ts';
import { cleanEnv, mustRun } from './run.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

/** npm is what every other test uses; the first of the others is always tried. */
const managers = [
  { name: 'yarn', exec: 'yarn', install: '' },
  { name: 'pnpm', exec: 'pnpm exec', install: '' },
  // Its binary comes by an install script that npm may have to be told of.
  { name: 'bun', exec: 'bunx', install: '--ignore-scripts=false' },
];

describe.each(isBroad ? managers : managers.slice(0, 1))(
  'a project of $name',
  ({ name, exec, install }) => {
    let folder: string;
    let project: string;
    let env: { PATH: string };

    /** What the image of the project runs while it is built, and copies before. */
    async function imageSteps() {
      const [build = ''] = (await readFile(join(project, 'Dockerfile'), 'utf8'))
        .split(/^FROM /m)
        .slice(1);
      const commands = build.matchAll(/^(RUN|COPY) (.+)$/gm);
      return [...commands].map(([, kind, text = '']) => ({ kind, text }));
    }

    beforeAll(async () => {
      folder = await ownFolder(`with-${name}`);
      project = join(folder, 'my-api');
      const create = `node ${await builtTool()}/bin/create-backend.js my-api`;
      const flags = `--yes --no-git --package-manager ${name}`;
      await mustRun(`${create} ${flags} --no-install`, folder);
      const [setup] = await imageSteps();
      await rm(project, { recursive: true });
      const version = setup?.text.split(' ').at(-1);
      const tools = join(folder, 'tools');
      await mustRun(`npm install --no-audit ${install} --prefix ${tools} ${version}`, folder);
      env = { PATH: `${join(tools, 'node_modules/.bin')}${delimiter}${process.env.PATH}` };
      // In CI, package managers install only what a lock file has, unless they are told otherwise.
      await mustRun(`${create} ${flags}`, folder, { ...env, CI: 'true' });
    });

    it('is installed in CI too, grows and is green', async () => {
      await mustRun(`${exec} gen endpoint posts title:string author:ref:users`, project, env);
      for (const script of ['type-check', 'lint', 'format:check']) {
        await mustRun(`${name} run ${script}`, project, env);
      }
      const tests = isBroad ? '' : 'src/modules/posts';
      await mustRun(`${name} run test ${tests}`, project, env);
    });

    it('makes an image that needs nothing else', async () => {
      const image = join(folder, 'image');
      await mkdir(image);
      const [, ...steps] = await imageSteps();
      for (const { kind, text } of steps) {
        if (kind === 'RUN') {
          await mustRun(text, image, env);
          continue;
        }
        const [to = '', ...from] = text.split(' ').reverse();
        for (const path of from) {
          const target = from.length === 1 ? to : path;
          await cp(join(project, path), join(image, target), { recursive: true });
        }
      }
      const { stdout } = await execa(
        process.execPath,
        ['dist/user.js', 'create', '--role', 'admin', '--email', 'ada@example.com'],
        { cwd: image, env: cleanEnv(), extendEnv: false, input: 'open the red door\n' },
      );
      expect(stdout).toBe('Created ada@example.com with the role admin');
    });
  },
);
