import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { createProject, once } from '../projects.ts';
import { cleanEnv, type Env } from '../run.ts';

/** Rows that everybody reads, that only their owner sees, that moderators make; and every kind of value. */
export const endpoints = [
  'npx gen endpoint articles title:string:max=120:search body:text:optional --access read=public,delete=admin',
  'npm run gen -- endpoint notes text:text:search pinned:boolean:default=false:filter --access read=owner',
  'npx gen endpoint drafts text:text:search --access read=owner,update=moderator --pagination offset --under articles',
  'npx gen endpoint memos text:text --access read=owner,update=user,delete=admin',
  'npx gen endpoint notices title:string:unique:max=80 severity:enum:low,high:filter --access create=moderator,update=moderator,delete=admin --rate-limit 20/minute',
  'npx gen endpoint remarks text:text note:ref:notes --under notes',
  'npx gen endpoint letters text:text sender:ref:users:owner recipient:ref:users --access read=owner',
  'npx gen endpoint tickets text:text note:ref:notes:optional notice:ref:notices --access create=public,update=admin,delete=admin',
  `npx gen endpoint gadgets ${[
    'code:string:unique:max=40',
    'price:decimal:min=0:filter:sort',
    'count:integer:optional:filter',
    'day:date:optional:filter',
    'at:datetime:sort:optional',
    'tags:string:list:filter:optional',
    'kind:enum:a,b:filter',
    'extra:json:optional',
    'pin:string:private:optional',
    'note:ref:notes:optional',
  ].join(' ')}`,
];

/** A new project with accounts that have these parts. Nobody changes it. */
export function installedProject(accounts = 'none'): Promise<string> {
  return once(`accounts-new-${accounts}`, async (folder) => {
    await createProject(folder, `--accounts ${accounts}`);
  }).then((folder) => join(folder, 'shop'));
}

/** What the `.env` of a project says that tokens are signed with. */
export async function readSecret(project: string): Promise<string> {
  const [, secret] =
    /^AUTH_SECRET=(.+)$/m.exec(await readFile(join(project, '.env'), 'utf8')) ?? [];
  if (!secret) throw new Error('Expected AUTH_SECRET in .env');
  return secret;
}

export const removeEnv = (project: string) => rm(join(project, '.env'));

/** Runs the command for users, from its source or as built, with a password; what it printed. */
export async function runUser(
  project: string,
  args: string,
  password: string,
  env: Env = {},
  command = 'npm run --silent user --',
): Promise<string> {
  const { all } = await execa(`${command} ${args}`, {
    cwd: project,
    shell: true,
    env: cleanEnv(env),
    extendEnv: false,
    input: `${password}\n`,
    all: true,
    timeout: 60_000,
  });
  return all;
}
