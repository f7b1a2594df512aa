import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { type EndpointRequest, endpointArgs } from '../../../src/manifest/endpoint-args.ts';
import type { Manifest } from '../../../src/manifest/manifest.ts';
import { shellWord } from '../../../src/manifest/shell.ts';
import { installedProject } from '../accounts/project.ts';
import { builtTool, once } from '../projects.ts';
import { cleanEnv, mustRun } from '../run.ts';

/** How a project of each stack is made with what is installed elsewhere, and how it runs. */
export const twoStacks = [
  {
    stack: 'express',
    installed: installedProject,
    packages: 'node_modules',
    build: 'npm run build',
    migrate: 'npm run migrate',
    user: 'node dist/user.js',
    start: 'node dist/main.js',
  },
  {
    stack: 'fastapi',
    installed: installedOnFastapi,
    packages: '.venv',
    build: undefined,
    migrate: '.venv/bin/python -m app.db.migrate',
    user: '.venv/bin/python -m app.user',
    start: '.venv/bin/python -m app',
  },
] as const;

export type TwoStacks = (typeof twoStacks)[number];

/** A project on FastAPI with accounts that have no parts, which nobody changes, for its dependencies. */
export function installedOnFastapi(): Promise<string> {
  return once('fastapi-new', async (folder) => {
    const flags = '--stack fastapi --accounts none --yes --no-git';
    await mustRun(`node ${await builtTool()}/bin/create-backend.js shop ${flags}`, folder);
  }).then((folder) => join(folder, 'shop'));
}

/** A built project of one stack with these endpoints, in a folder below. */
export async function makeProject(
  { stack, installed, packages, build }: TwoStacks,
  folder: string,
  auth: Manifest['auth'],
  requests: readonly EndpointRequest[],
): Promise<string> {
  const tool = await builtTool();
  const flags = `--stack ${stack} --auth ${auth} --accounts none --yes --no-install --no-git`;
  await mustRun(`node ${tool}/bin/create-backend.js shop ${flags}`, folder);
  const project = join(folder, 'shop');
  await symlink(join(await installed(), packages), join(project, packages));
  for (const request of requests) {
    const words = endpointArgs(request).map(shellWord).join(' ');
    await mustRun(`node ${tool}/bin/gen.js ${words} --yes`, project);
  }
  if (build) await mustRun(build, project);
  return project;
}

/** Makes a user by the command of the project; `profile` is what was added to users. */
export async function makeAdmin(
  { user }: TwoStacks,
  project: string,
  { email, password }: { email: string; password: string },
  DATABASE_URL: string,
  profile: object = {},
): Promise<void> {
  const fields = `--profile ${shellWord(JSON.stringify(profile))}`;
  await execa(`${user} create --email ${email} --role admin ${fields}`, {
    cwd: project,
    shell: true,
    env: cleanEnv({ DATABASE_URL }),
    extendEnv: false,
    input: `${password}\n`,
    timeout: 60_000,
  });
}
