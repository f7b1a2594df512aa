import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measure, type Row, type Subject } from './measure.ts';
import { makeProject } from './project-of.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const bins = join(root, 'bin');
const caches = join(root, 'dist/.cache');

export const bare: Subject = { name: 'node -e 0', args: ['-e', '0'] };

export function createSubject(folder: string): Subject {
  const target = join(folder, 'x');
  return {
    name: 'create-backend x --yes --no-install --no-git',
    args: [join(bins, 'create-backend.js'), target, '--yes', '--no-install', '--no-git'],
    prepare: () => rmSync(target, { recursive: true, force: true }),
  };
}

const fields = ['title:string:max=120:search', 'body:text', 'price:decimal:min=0:filter:sort'];
const changed = ['backend.json', 'backend.lock.json', 'src/routes.ts', 'src/db'];

/** Makes a project of so many endpoints; the subject adds one to a fresh copy of what it changes. */
export function genSubject(name: string, folder: string, size: number): Subject {
  return inProjectOf(size, folder, 'posts', {
    name,
    args: [join(bins, 'gen.js'), 'endpoint', 'posts', ...fields],
  });
}

/** The same for a field more in one of its endpoints. */
function fieldSubject(name: string, folder: string, size: number): Subject {
  return inProjectOf(size, folder, 'samples', {
    name,
    args: [join(bins, 'gen.js'), 'field', 'add', 'samples', 'summary:text:optional'],
  });
}

function inProjectOf(size: number, folder: string, module: string, subject: Subject): Subject {
  const project = join(folder, `of-${size}-${module}`);
  const kept = `${project}-kept`;
  rmSync(project, { recursive: true, force: true });
  makeProject(project, bins, size);
  cpSync(project, kept, { recursive: true });
  const restore = (part: string) => {
    rmSync(join(project, part), { recursive: true, force: true });
    cpSync(join(kept, part), join(project, part), { recursive: true });
  };
  return {
    ...subject,
    cwd: project,
    prepare: () => {
      rmSync(join(project, 'src/modules', module), { recursive: true, force: true });
      for (const part of changed) restore(part);
      if (existsSync(join(kept, 'src/modules', module))) restore(join('src/modules', module));
    },
  };
}

/** What an endpoint more costs in a project on FastAPI, as a ratio to one on Express. */
export function measureStacks(folder: string, rounds: number): Judged[] {
  const subjects = ['express', 'fastapi'].map((stack) => inSmallProject(stack, folder));
  return measure(subjects, rounds).map((row) => ({ ...row, goal: 1 }));
}

function inSmallProject(stack: string, folder: string): Subject {
  const project = join(folder, `on-${stack}`);
  const kept = `${project}-kept`;
  const run = (bin: string, args: string[], cwd: string) =>
    execFileSync(process.execPath, [join(bins, bin), ...args], { cwd, stdio: 'ignore' });
  const create = [kept, '--stack', stack, '--yes', '--no-install', '--no-git'];
  run('create-backend.js', create, folder);
  run('gen.js', ['endpoint', 'samples', ...fields], kept);
  return {
    name: `gen endpoint on ${stack}`,
    args: [join(bins, 'gen.js'), 'endpoint', 'posts', ...fields],
    cwd: project,
    prepare: () => {
      rmSync(project, { recursive: true, force: true });
      cpSync(kept, project, { recursive: true });
    },
  };
}

const cold = (subject: Subject): Subject => ({
  ...subject,
  name: `${subject.name}, no code kept`,
  prepare: () => {
    subject.prepare?.();
    rmSync(caches, { recursive: true, force: true });
  },
});

type Judged = Row & { goal?: number | undefined };

/** What our own commands cost beside bare node. */
export function measureStart(folder: string, rounds: number): Judged[] {
  const gen = genSubject('gen endpoint', folder, 1);
  const goals: Record<string, number> = {
    'create-backend --help': 1.3,
    'create-backend x --yes --no-install --no-git': 3,
    'gen endpoint': 4,
    'gen endpoint, no code kept': 7,
  };
  const warm: Subject[] = [
    bare,
    { name: 'create-backend --help', args: [join(bins, 'create-backend.js'), '--help'] },
    { name: 'gen --help', args: [join(bins, 'gen.js'), '--help'] },
    createSubject(folder),
    gen,
  ];
  const judged = (rows: Row[]) => rows.map((row) => ({ ...row, goal: goals[row.name] }));
  // The cold ones go by themselves: they take the kept code from all others.
  return [...judged(measure(warm, rounds)), ...judged(measure([bare, cold(gen)], rounds).slice(1))];
}

/** What an endpoint more and a field more cost beside many endpoints, as ratios to beside one. */
export function measureGrowth(folder: string, rounds: number): Judged[] {
  const sizes = [1, 100, 1000];
  const endpoints = sizes.map((size) => genSubject(`gen endpoint beside ${size}`, folder, size));
  const more = sizes.map((size) => fieldSubject(`gen field add beside ${size}`, folder, size));
  const goalOf = (name: string) => (name === 'gen endpoint beside 1000' ? 3 : 1.5);
  return [endpoints, more].flatMap((subjects) =>
    measure(subjects, rounds).map((row) => ({ ...row, goal: goalOf(row.name) })),
  );
}
