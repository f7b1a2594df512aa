import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { type Mutant, mutantsOf } from './mutate.ts';

/**
 * Plants faults by machine in a generated endpoint and tells which share of them its tests find.
 * `npm run mutants` plants all of them; MUTANTS=40 takes that many, evenly spread.
 */
const tool = fileURLToPath(new URL('../../bin/', import.meta.url));
const endpoint =
  'posts title:string:search price:decimal:min=0:filter:sort status:enum:draft,published:default=draft:filter publishedAt:datetime:optional:sort author:ref:users:optional'.split(
    ' ',
  );
const parts = ['routes', 'service', 'repository', 'openapi', 'schema'];
const lanes = 2;

const folder = await mkdtemp(join(tmpdir(), 'mutants-'));
try {
  const project = join(folder, 'shop');
  await execa('node', [`${tool}create-backend.js`, project, '--yes', '--no-git']);
  await execa('node', [`${tool}gen.js`, 'endpoint', ...endpoint, '--yes'], { cwd: project });
  if (!(await passes(project))) throw new Error('The tests fail before any mutant is planted');

  const all = (await sourcesOf(project)).flatMap(([path, text]) => mutantsOf(path, text));
  const most = Number(process.env.MUTANTS ?? all.length);
  const planted = all.filter((_, index) => (index * most) % all.length < most);
  const survivors = await survivorsOf(planted, await copies(project));
  report(planted, survivors);
} finally {
  await rm(folder, { recursive: true });
}

async function sourcesOf(project: string): Promise<[path: string, text: string][]> {
  const migrations = await readdir(join(project, 'src/db/migrations'));
  const paths = [
    ...parts.map((part) => `src/modules/posts/posts.${part}.ts`),
    ...migrations
      .filter((name) => name.endsWith('_create_posts.ts'))
      .map((name) => `src/db/migrations/${name}`),
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
      filter: (path) => basename(path) !== 'node_modules',
    });
    await symlink(join(project, 'node_modules'), join(copy, 'node_modules'));
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
  const { exitCode, timedOut } = await execa(
    'node_modules/.bin/vitest',
    ['run', 'src/modules/posts', '--bail=1', '--reporter=dot'],
    { cwd: project, reject: false, timeout: 120_000, stdio: 'ignore' },
  );
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
