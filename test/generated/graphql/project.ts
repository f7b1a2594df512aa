import { join } from 'node:path';
import { builtTool, createProject, once, ownFolder } from '../projects.ts';
import { type Env, mustRun } from '../run.ts';

/** Rows that everybody reads, that users read, that only their owner sees, and that moderators do. */
const commands = [
  'field add users displayName:string:max=80:optional mentor:ref:users:optional pin:string:private:optional',
  "endpoint posts title:string:max=120:search:sort body:text status:enum:draft,published:default=draft:filter author:ref:users:owner reviewer:ref:users:optional --access 'read=public,update=owner|moderator,delete=admin'",
  'endpoint comments text:text post:ref:posts author:ref:users:owner --access read=user',
  'endpoint notes text:text pinned:boolean:default=false:filter post:ref:posts:optional --access read=owner --pagination offset',
  'endpoint memos text:text note:ref:notes:optional about:ref:users:optional --access read=moderator,create=moderator,update=moderator,delete=moderator',
  'endpoint tags name:string:unique post:ref:posts:optional --access read=public --pagination offset',
];

/** A project with GraphQL and these endpoints, built. */
export async function grownOnExpress(): Promise<string> {
  const flags = '--accounts none --api both';
  const project = await createProject(await ownFolder('graphql'), flags);
  await addEndpoints(project);
  await mustRun('npm run build', project);
  return project;
}

/** The same project in Python. Nobody changes it. */
export function grownOnFastapi(): Promise<string> {
  return once('graphql-fastapi', async (folder) => {
    const flags = '--stack fastapi --accounts none --api both --yes --no-git';
    await mustRun(`node ${await builtTool()}/bin/create-backend.js shop ${flags}`, folder);
    await addEndpoints(join(folder, 'shop'));
  }).then((folder) => join(folder, 'shop'));
}

async function addEndpoints(project: string): Promise<void> {
  const gen = `node ${await builtTool()}/bin/gen.js`;
  for (const command of commands) await mustRun(`${gen} ${command}`, project);
}

/** How the server and the command for users of a project start, and what lets it show its schema. */
export type Runs = { server: string; user: string; development: Env };

export const express: Runs = {
  server: 'node dist/main.js',
  user: 'node dist/user.js',
  development: { NODE_ENV: 'development' },
};
export const fastapi: Runs = {
  server: '.venv/bin/python -m app',
  user: '.venv/bin/python -m app.user',
  development: { APP_ENV: 'development' },
};
