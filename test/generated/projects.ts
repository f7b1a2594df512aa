import { access, cp, mkdir, rm, rmdir, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject } from 'vitest';
import { buildDist } from '../../src/build/build-dist.ts';
import { packTool } from '../../src/build/pack-tool.ts';
import type { EndpointRequest } from '../../src/manifest/endpoint.ts';
import { packageRoot } from '../../src/project/package-root.ts';
import { everything } from '../stacks/manifests.ts';
import { mustRun } from './run.ts';
import { startServer } from './servers.ts';

const repository = packageRoot(import.meta.url);

/** The commands of the README and the issue, as they are typed. */
export const shopCommands = [
  'npx gen endpoint customers name:string:max=120:search email:email:unique vip:boolean:default=false:filter',
  'npm run gen -- endpoint products name:string:search price:decimal:min=0:filter:sort status:enum:draft,active,retired:filter tags:string:list --pagination offset',
  'npx gen endpoint orders customer:ref:customers placedAt:datetime:sort note:text:optional --under customers',
];

/** The tool as a checkout holds it after `npm ci`, from the sources as they are now. */
export function builtTool(): Promise<string> {
  return once('tool', buildTool);
}

/** A new project without any endpoint, made and installed as a user would. Nobody changes it. */
export function newProject(): Promise<string> {
  return once('new', async (folder) => {
    await mustRun(`node ${await builtTool()}/bin/create-backend.js shop --auth none --yes`, folder);
  }).then((folder) => join(folder, 'shop'));
}

/** A new project with every part, and a client of another service, for its installed packages. */
export function fullProject(): Promise<string> {
  return once('full', async (folder) => {
    const tool = await builtTool();
    await mustRun(`node ${tool}/bin/create-backend.js shop --api both --yes --no-install`, folder);
    await mustRun(`node ${tool}/bin/gen.js service payments`, join(folder, 'shop'));
    await mustRun('npm install --no-audit --no-fund', join(folder, 'shop'));
  }).then((folder) => join(folder, 'shop'));
}

/**
 * A new project by these flags. On Express it shares what the one with every part has installed:
 * npm takes longer than most proofs, and test/stacks proves that no dependency is missing.
 */
export async function createProject(
  folder: string,
  flags: string,
  stack: 'express' | 'fastapi' = 'express',
): Promise<string> {
  const isShared = stack === 'express';
  const all = `--stack ${stack} ${flags} --yes${isShared ? ' --no-install' : ''}`;
  await mustRun(`node ${await builtTool()}/bin/create-backend.js shop ${all}`, folder);
  const project = join(folder, 'shop');
  if (isShared) await linkPackages(await fullProject(), project);
  return project;
}

/** A copy of the new project, to change it. */
export async function copyOfNew(folder: string): Promise<string> {
  return copyProject(await newProject(), folder);
}

/** A copy of a project under another roof; it shares what was installed. */
export async function copyProject(source: string, folder: string): Promise<string> {
  const target = join(folder, 'shop');
  const filter = (path: string) => basename(path) !== 'node_modules';
  await cp(source, target, { recursive: true, filter });
  await linkPackages(source, target);
  return target;
}

async function linkPackages(source: string, target: string): Promise<void> {
  await symlink(join(source, 'node_modules'), join(target, 'node_modules'));
  // What .gitignore says of a folder does not hold for a link.
  await writeFile(join(target, '.git/info/exclude'), 'node_modules\n');
}

/** The project of the three commands, built. Tests that change it take a copy. */
export function builtShop(): Promise<string> {
  return once('built-shop', async (folder) => {
    const project = await copyOfNew(folder);
    for (const command of shopCommands) await mustRun(command, project);
    await mustRun('npm run build', project);
  }).then((folder) => join(folder, 'shop'));
}

/** A project whose endpoints use every type, modifier, pagination and set of operations, built. */
export function everyEndpoint(): Promise<string> {
  return once('everything', async (folder) => {
    const project = await copyOfNew(folder);
    for (const request of everything) await mustRun(`npx gen ${commandOf(request)}`, project);
    await mustRun('npm run build', project);
  }).then((folder) => join(folder, 'shop'));
}

/** The same endpoints on FastAPI. `.venv/bin` has what they run by. */
export function everyEndpointOnFastapi(): Promise<string> {
  return once('everything-fastapi', async (folder) => {
    const tool = await builtTool();
    const flags = '--stack fastapi --auth none --yes --no-git';
    await mustRun(`node ${tool}/bin/create-backend.js shop ${flags}`, folder);
    const gen = `node ${tool}/bin/gen.js`;
    for (const request of everything) {
      await mustRun(`${gen} ${commandOf(request)}`, join(folder, 'shop'));
    }
  }).then((folder) => join(folder, 'shop'));
}

/** A data folder for the built shop, with every migration run: making one anew takes seconds. */
export async function shopData(name: string): Promise<string> {
  const made = await once('shop-data', async (folder) => {
    const server = await startServer(await builtShop(), { DATA_DIR: join(folder, 'data') });
    await server.stop();
  });
  const target = await ownFolder(name);
  await cp(join(made, 'data'), target, { recursive: true });
  return target;
}

/** A folder that only one test uses. */
export async function ownFolder(name: string): Promise<string> {
  const folder = join(inject('workshop'), name);
  await mkdir(folder);
  return folder;
}

function commandOf({ name, fields, pagination, only, under }: EndpointRequest): string {
  const words = [
    'endpoint',
    name,
    ...fields.map((field) => `'${field.replaceAll("'", `'\\''`)}'`),
    ...(pagination ? ['--pagination', pagination] : []),
    ...(only ? ['--only', only] : []),
    ...(under ? ['--under', under] : []),
  ];
  return words.join(' ');
}

async function buildTool(folder: string): Promise<void> {
  for (const name of ['bin', 'CHANGELOG.md', 'LICENSE', 'package.json']) {
    await cp(join(repository, name), join(folder, name), { recursive: true });
  }
  await buildDist(repository, join(folder, 'dist'));
  const { content } = await packTool(folder);
  await writeFile(join(folder, 'dist/create-backend.tgz'), content);
}

/** Whoever comes first makes the folder, all others wait for it: files of tests may run at once. */
export async function once(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(inject('workshop'), name);
  const done = `${folder}.done`;
  const lock = `${folder}.lock`;
  while (!(await exists(done))) {
    if (!(await takes(lock))) {
      await sleep(200);
      continue;
    }
    try {
      if (await exists(done)) break;
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder);
      await make(folder);
      await writeFile(done, '');
    } finally {
      await rmdir(lock);
    }
  }
  return folder;
}

const takes = (lock: string) =>
  mkdir(lock).then(
    () => true,
    () => false,
  );

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );
