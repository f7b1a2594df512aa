import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { once } from '../generated/projects.ts';
import { installedRelease } from '../generated/releases.ts';
import { emptyFolder, run, write } from './run-bin.ts';

const endpoints = ['users name:string email:email:unique', 'posts title:string author:ref:users'];

/** Every version gives a migration the same name then. */
export const env = { SOURCE_DATE_EPOCH: '1767225600' };

/** A project with two endpoints, made by the tool in a folder, or by the present one. */
export async function madeBy(tool?: string, stack?: string): Promise<string> {
  return make(await emptyFolder(), tool, stack);
}

/** A copy of a project that 0.1.0 made, with these edits. */
export async function oldProject(
  edits: Record<string, (text: string) => string> = {},
): Promise<string> {
  const made = await once('made-by-0.1.0', async (folder) => {
    await make(folder, await installedRelease('0.1.0'));
  });
  const project = join(await emptyFolder(), 'shop');
  await cp(join(made, 'shop'), project, { recursive: true });
  for (const [path, edit] of Object.entries(edits)) {
    await write(project, path, edit(await readFile(join(project, path), 'utf8')));
  }
  return project;
}

async function make(folder: string, tool?: string, stack?: string): Promise<string> {
  const options = { env, ...(tool !== undefined && { tool }) };
  // The earliest versions knew no other stack, and no such flag.
  const chosen = stack === undefined ? [] : ['--stack', stack];
  const flags = [...chosen, '--auth', 'none', '--no-install', '--no-git', '--yes'];
  const made = await run('create-backend', ['shop', ...flags], { ...options, cwd: folder });
  expect(made).toMatchObject({ code: 0, stderr: '' });
  const cwd = join(folder, 'shop');
  for (const endpoint of endpoints) {
    const args = ['endpoint', ...endpoint.split(' '), '--yes'];
    expect(await run('gen', args, { ...options, cwd })).toMatchObject({ code: 0, stderr: '' });
  }
  return cwd;
}
