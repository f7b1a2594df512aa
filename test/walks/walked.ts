import { existsSync } from 'node:fs';
import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { express } from '../../src/stacks/express/express.ts';
import { fastapi } from '../../src/stacks/fastapi/fastapi.ts';
import type { Stack } from '../../src/stacks/stack.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import type { Edited } from './edits.ts';
import { anyEdit } from './edits.ts';
import { anyPythonEdit } from './python-edits.ts';
import type { Random } from './random.ts';

/** What a walk must know of the projects of a stack. */
type Walked = {
  stack: Stack;
  packageManager: Manifest['packageManager'];
  /** The folders of its code, and how the names of the files end. */
  folders: readonly string[];
  ending: string;
  /** Where people edit most, and what else they edit. */
  edited: readonly string[];
  shared: readonly string[];
  /** The folders of the files of an endpoint, or what they begin with. */
  filesOf: (endpoint: string) => readonly string[];
  edit: (random: Random, text: string, marker: string) => Edited;
};

export const walked: Record<keyof typeof stacks, Walked> = {
  express: {
    stack: express,
    packageManager: 'npm',
    folders: ['src', 'test', 'client'],
    ending: '.ts',
    edited: ['src/modules/'],
    shared: ['src/routes.ts', 'src/db/tables.ts'],
    filesOf: (endpoint) => [`src/modules/${endpoint}/`],
    edit: anyEdit,
  },
  fastapi: {
    stack: fastapi,
    packageManager: 'uv',
    folders: ['app', 'tests'],
    ending: '.py',
    edited: ['app/modules/', 'tests/modules/', 'tests/samples/'],
    shared: ['app/routes.py', 'app/main.py'],
    filesOf: (endpoint) => [
      `app/modules/${endpoint}/`,
      `tests/modules/test_${endpoint}.py`,
      `tests/samples/${endpoint}.py`,
    ],
    edit: anyPythonEdit,
  },
};

export type WalkedStack = keyof typeof stacks;

/** Every third walk is of the second stack; `WALK_STACK` makes all of one. */
export function stackOf(seed: number): WalkedStack {
  const wanted = Object.keys(stacks).find((name) => name === process.env.WALK_STACK);
  if (wanted === 'express' || wanted === 'fastapi') return wanted;
  return seed % 3 === 0 ? 'fastapi' : 'express';
}

/** How many of the walks are of each stack. */
export function stacksOf(first: number, count: number): string {
  const all = Array.from({ length: count }, (_, at) => stackOf(first + at));
  return Object.keys(walked)
    .map((name) => `${all.filter((each) => each === name).length} ${name}`)
    .join(', ');
}

/** Keeps the code of a project as it is now in another folder. */
export async function keepState(root: string, state: string, stack: WalkedStack): Promise<void> {
  for (const folder of foldersIn(root, stack)) {
    await cp(join(root, folder), join(state, folder), { recursive: true });
  }
}

const foldersIn = (root: string, stack: WalkedStack) =>
  walked[stack].folders.filter((folder) => existsSync(join(root, folder)));

/** The files of code of a project, their paths relative to it. */
export async function sourcesOf(root: string, stack: WalkedStack): Promise<string[]> {
  const { ending } = walked[stack];
  const all = await Promise.all(
    foldersIn(root, stack).map(async (folder) =>
      (await readdir(join(root, folder), { recursive: true })).map(
        (name) => `${folder}/${name.replaceAll('\\', '/')}`,
      ),
    ),
  );
  return all
    .flat()
    .filter((path) => path.endsWith(ending))
    .sort();
}
