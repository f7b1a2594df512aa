import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { stacks } from '../src/stacks/stacks.ts';

const src = fileURLToPath(new URL('../src/', import.meta.url));
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'));

const read = (path: string) => readFileSync(`${src}${path}`, 'utf8');

/** What a file imports or re-exports, types included, static and dynamic. */
function importsOf(path: string): string[] {
  const matches = read(path).matchAll(/(?:from|import\(|import) ?'([^']+)'/g);
  return [...matches].map(([, specifier = '']) => specifier);
}

const roomOf = (path: string) => path.split('/')[0] ?? '';

/** The room that a relative import leads to. */
function targetRoom(path: string, specifier: string): string {
  return roomOf(new URL(specifier, `file:///${path}`).pathname.slice(1));
}

/** Design, section 4: imports go one way. */
const allowed: Record<string, string[]> = {
  manifest: ['manifest'],
  compare: ['compare'],
  stacks: ['stacks', 'manifest'],
  plan: ['plan', 'stacks', 'manifest'],
  project: ['project', 'manifest'],
  commit: ['commit', 'manifest'],
  steps: ['steps', 'manifest'],
  cli: ['cli', 'compare', 'plan', 'project', 'commit', 'steps', 'check', 'stacks', 'manifest'],
  check: ['check', 'stacks', 'manifest'],
  start: ['start'],
  build: ['build', 'project', 'stacks', 'manifest'],
};

const pure = ['compare', 'manifest', 'plan', 'stacks'];
const effects = [
  'node:fs',
  'node:fs/promises',
  'node:child_process',
  'execa',
  '@inquirer/prompts',
  'node:tty',
];

describe.each(files)('%s', (path) => {
  const imports = importsOf(path);

  it('imports only from the rooms below its own', () => {
    const rooms = imports
      .filter((specifier) => specifier.startsWith('.') && !specifier.endsWith('.json'))
      .map((specifier) => targetRoom(path, specifier));
    expect(rooms.filter((room) => !allowed[roomOf(path)]?.includes(room))).toEqual([]);
  });

  it('has no effect where its room is pure', () => {
    const found = pure.includes(roomOf(path))
      ? imports.filter((name) => effects.includes(name))
      : [];
    expect(found).toEqual([]);
  });

  it('is short, and its classes are errors', () => {
    expect(read(path).split('\n').length).toBeLessThanOrEqual(250);
    const classes = read(path).match(/^(?:export )?class \w+(?! extends Error)\b.*/gm) ?? [];
    expect(classes.filter((line) => !line.includes('extends Error'))).toEqual([]);
  });
});

/**
 * What belongs to a stack, and so is named by it alone: what is told of it comes from there too. The
 * names of its libraries say nothing where we import them for ourselves.
 */
const words = [
  ...Object.keys(stacks),
  ...['express', 'zod', 'biome', 'vitest', 'kysely', 'pglite', 'tsx', 'typescript', 'javascript'],
  ...['npm', 'npx', 'pnpm', 'yarn', 'bun'],
  ...['python', 'pip', 'uv', 'ruff', 'mypy', 'pytest', 'pydantic', 'sqlalchemy', 'alembic'],
];
const named = new RegExp(
  `(?<![\\w-])(?:${words.join('|')})(?![\\w-])|\\.ts\\b|(?<![\\w/.])src/`,
  'gi',
);

const isOfStack = (path: string) => {
  const [room, folder = ''] = path.split('/');
  // They make and start this package, whose own language is TypeScript.
  if (room === 'build' || room === 'start') return true;
  if (room !== 'stacks') return false;
  const isOfAny = folder.endsWith('.ts') || folder === 'postgres';
  return !isOfAny || path === 'stacks/stacks.ts';
};

/** This tool is a package of npm whatever it makes: how it is run, packed and fetched stands there. */
const ownPackage = 'manifest/tool.ts';

const withoutImports = (text: string) =>
  text
    .replace(/^(?:import|export)\b[^;]*?from '[^']*';/gm, '')
    .replace(/import\('[^']*'\)/g, '')
    // It speaks to the linter of this repository.
    .replace(/^\s*\/\/ biome-ignore .*$/gm, '');

describe.each(files.filter((path) => !isOfStack(path) && path !== ownPackage))('%s', (path) => {
  it('names nothing that belongs to a stack', () => {
    expect(withoutImports(read(path)).match(named) ?? []).toEqual([]);
  });
});

/** The files that lead back to themselves, types included. */
function circles(): string[] {
  const targets = (path: string) =>
    importsOf(path)
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => new URL(specifier, `file:///${path}`).pathname.slice(1));
  const reach = (from: string) => {
    const seen = new Set<string>();
    const open = targets(from);
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      if (seen.has(path) || !files.includes(path)) continue;
      seen.add(path);
      open.push(...targets(path));
    }
    return seen;
  };
  return files.filter((path) => reach(path).has(path));
}

it('has no file that imports itself by way of others', () => {
  expect(circles()).toEqual([]);
});
