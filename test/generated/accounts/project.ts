import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { copyOfNew, ownFolder } from '../projects.ts';
import { cleanEnv, mustRun } from '../run.ts';

/** Rows that everybody reads, rows that only their owner sees, and rows that moderators make. */
export const endpoints = [
  'npx gen endpoint articles title:string:max=120:search body:text:optional --access read=public,delete=admin',
  'npm run gen -- endpoint notes text:text:search pinned:boolean:default=false:filter --access read=owner',
  'npx gen endpoint notices title:string:unique:max=80 severity:enum:low,high:filter --access create=moderator,update=moderator,delete=admin --rate-limit 20/minute',
];

/** A project of its own with accounts and these endpoints, built. */
export async function accountsShop(name: string, ...commands: string[]): Promise<string> {
  const project = await copyOfNew(await ownFolder(name));
  for (const command of commands) await mustRun(command, project);
  await mustRun('npm run build', project);
  return project;
}

/** What the `.env` of a project says that tokens are signed with. */
export async function readSecret(project: string): Promise<string> {
  const [, secret] =
    /^AUTH_SECRET=(.+)$/m.exec(await readFile(join(project, '.env'), 'utf8')) ?? [];
  if (!secret) throw new Error('Expected AUTH_SECRET in .env');
  return secret;
}

export const removeEnv = (project: string) => rm(join(project, '.env'));

/** Runs `npm run user` with a password on its input; what it printed. */
export async function runUser(project: string, args: string, password: string): Promise<string> {
  const { all } = await execa(`npm run --silent user -- ${args}`, {
    cwd: project,
    shell: true,
    env: cleanEnv(),
    extendEnv: false,
    input: `${password}\n`,
    all: true,
    timeout: 60_000,
  });
  return all;
}
