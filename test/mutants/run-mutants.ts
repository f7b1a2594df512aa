import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { type Mutant, mutantsOf } from './mutate.ts';
import { mutantsOfPython } from './mutate-python.ts';

/**
 * Plants faults by machine in a generated endpoint and tells which share of them its tests find.
 * `npm run mutants` plants all of them; MUTANTS=40 takes that many, evenly spread. STACK=fastapi
 * plants them in Python, into an endpoint below one whose rows not everybody may read.
 */
const tool = fileURLToPath(new URL('../../bin/', import.meta.url));
const fields =
  'title:string:search price:decimal:min=0:filter:sort status:enum:draft,published:default=draft:filter publishedAt:datetime:optional:sort';

type Planted = {
  endpoints: string[];
  /** The files that get mutants; a migration by how its name ends. */
  folder: string;
  parts: string[];
  migrations: string;
  mutantsOf: (path: string, text: string) => Mutant[];
  /** The folder of what is installed, and what runs the tests of the endpoint. */
  installed: string;
  test: string[];
};

const stacks: Record<'express' | 'fastapi', Planted> = {
  express: {
    endpoints: [`posts ${fields} author:ref:users:optional`],
    folder: 'src/modules/posts',
    parts: ['routes', 'service', 'repository', 'openapi', 'schema'].map(
      (part) => `posts.${part}.ts`,
    ),
    migrations: 'src/db/migrations',
    mutantsOf,
    installed: 'node_modules',
    test: ['node_modules/.bin/vitest', 'run', 'src/modules/posts', '--bail=1', '--reporter=dot'],
  },
  fastapi: {
    endpoints: [
      'notes text:text --access read=owner',
      `posts ${fields} note:ref:notes rank:integer:max=9:optional --under notes --rate-limit 100/minute`,
    ],
    folder: 'app/modules/posts',
    parts: ['router', 'service', 'repository', 'schemas', 'models'].map((part) => `${part}.py`),
    migrations: 'migrations/versions',
    mutantsOf: mutantsOfPython,
    installed: '.venv',
    test: ['.venv/bin/pytest', '-x', '-q', 'tests/modules/test_posts.py'],
  },
};

const stack = process.env.STACK === 'fastapi' ? 'fastapi' : 'express';
const planting = stacks[stack];
const lanes = 2;

const folder = await mkdtemp(join(tmpdir(), 'mutants-'));
try {
  const project = join(folder, 'shop');
  const flags = ['--stack', stack, '--yes', '--no-git'];
  await execa('node', [`${tool}create-backend.js`, project, ...flags]);
  for (const endpoint of planting.endpoints) {
    const words = ['endpoint', ...endpoint.split(' '), '--yes'];
    await execa('node', [`${tool}gen.js`, ...words], { cwd: project });
  }
  if (!(await passes(project))) throw new Error('The tests fail before any mutant is planted');

  const all = (await sourcesOf(project)).flatMap(([path, text]) => planting.mutantsOf(path, text));
  const most = Number(process.env.MUTANTS ?? all.length);
  const planted = all.filter((_, index) => (index * most) % all.length < most);
  const survivors = await survivorsOf(planted, await copies(project));
  report(planted, survivors);
} finally {
  await rm(folder, { recursive: true });
}

async function sourcesOf(project: string): Promise<[path: string, text: string][]> {
  const { folder, parts, migrations } = planting;
  const written = await readdir(join(project, migrations));
  const paths = [
    ...parts.map((part) => `${folder}/${part}`),
    ...written
      .filter((name) => /_create_posts\.\w+$/.test(name))
      .map((name) => `${migrations}/${name}`),
  ];
  return Promise.all(
    paths.map(async (path): Promise<[string, string]> => {
      return [path, await readFile(join(project, path), 'utf8')];
    }),
  );
}

/** The project once for each lane; what is installed they share. */
async function copies(project: string): Promise<string[]> {
  const made = [project];
  while (made.length < lanes) {
    const copy = `${project}-${made.length}`;
    await cp(project, copy, {
      recursive: true,
      filter: (path) => !['.data', planting.installed].includes(basename(path)),
    });
    await symlink(join(project, planting.installed), join(copy, planting.installed));
    made.push(copy);
  }
  return made;
}

/** The mutants that no test finds. Each lane takes the next one as soon as it is free. */
async function survivorsOf(planted: Mutant[], projects: string[]): Promise<Mutant[]> {
  const survivors: Mutant[] = [];
  const waiting = planted.values();
  let done = 0;
  const work = async (project: string) => {
    for (const mutant of waiting) {
      const path = join(project, mutant.path);
      const text = await readFile(path, 'utf8');
      await writeFile(path, mutant.text);
      if (await passes(project)) survivors.push(mutant);
      await writeFile(path, text);
      done += 1;
      process.stderr.write(`\r${done}/${planted.length}, ${survivors.length} survived`);
    }
  };
  await Promise.all(projects.map(work));
  return survivors;
}

/** Whether the tests of the endpoint pass. Tests that hang have failed. */
async function passes(project: string): Promise<boolean> {
  const [program = '', ...words] = planting.test;
  const { exitCode, timedOut } = await execa(program, words, {
    cwd: project,
    reject: false,
    timeout: 120_000,
    stdio: 'ignore',
    // A mutant of the same size in the same second would be taken for what is compiled.
    env: { PYTHONDONTWRITEBYTECODE: '1' },
  });
  return exitCode === 0 && !timedOut;
}

function report(planted: Mutant[], survivors: Mutant[]): void {
  const killed = planted.length - survivors.length;
  const share = ((100 * killed) / planted.length).toFixed(1);
  process.stdout.write(`\n${killed} of ${planted.length} mutants are killed: ${share} %\n`);
  for (const { path, line, what } of survivors) {
    process.stdout.write(`  survived: ${basename(path)}:${line} ${what}\n`);
  }
}
