import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, executables, projectWith, run, treeOf, write } from './run-bin.ts';
import { signalledAt } from './signalled.ts';

const gen = (cwd: string, command: string, env = {}) =>
  run('gen', command.split(' '), { cwd, env });
const read = (project: string, path: string) => readFile(join(project, path), 'utf8');

async function edit(project: string, path: string, change: (text: string) => string) {
  await write(project, path, change(await read(project, path)));
}

const service = 'src/modules/posts/posts.service.ts';
const schema = 'src/modules/posts/posts.schema.ts';
const routes = 'src/routes.ts';

/** Stands in for the project's own `tsx`, which asks the database. */
const migrations = async (text: string) => ({
  PATH: `${await executables({ tsx: text })}:${process.env.PATH}`,
});
const allRun = () => migrations("echo 'No pending migrations'");

describe('gen status', () => {
  it('says that nothing is missing, in a few lines, and changes nothing', async () => {
    const project = await projectWith('posts title', 'blog-tags name post:ref:posts --under posts');
    const before = await treeOf(project);
    const { code, stdout, stderr } = await gen(project, 'status', await allRun());
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^(\d+) generated files: \1 pristine\n/);
    expect(stdout.slice(stdout.indexOf('\n'))).toBe(`

endpoint  route  service  table  migrations
blogTags  wired  wired    wired  1 applied
posts     wired  wired    wired  1 applied

✓ The code is what backend.json says.
`);
    expect(await treeOf(project)).toEqual(before);
  });

  it('names what was edited, and is content', async () => {
    const project = await projectWith('posts title');
    await edit(project, service, (text) => `${text}// mine\n`);
    await edit(project, routes, (text) => `// mine\n${text}`);
    const { code, stdout } = await gen(project, 'status', await allRun());
    expect(code).toBe(0);
    expect(stdout).toContain(`\n   edited  ${routes}\n   edited  ${service}\n`);
    expect(stdout).toContain('posts     wired  wired    wired  1 applied\n');
  });

  it('fails where a file, a line or a migration is missing, and names each', async () => {
    const project = await projectWith('posts title');
    const [creation = ''] = Object.keys(await treeOf(project)).filter((path) =>
      path.endsWith('_create_posts.ts'),
    );
    await rm(join(project, service));
    await rm(join(project, creation));
    await edit(project, routes, (text) => text.replace(/.*postsRoutes.*\n/g, ''));
    const { code, stdout } = await gen(project, 'status', await allRun());
    expect(code).toBe(1);
    expect(stdout).toContain('posts     not wired  wired    wired  none makes its table\n');
    expect(stdout).toContain(`  missing  ${service}\n`);
    expect(stdout).toContain('✗ A file is missing.\n');
    expect(stdout).toContain('✗ src/routes.ts does not have postsRoutes.\n');
    expect(stdout).toContain('✗ No migration makes the table of posts.\n');
  });

  it('fails where backend.json was edited, until it is applied', async () => {
    const project = await projectWith('posts title');
    await edit(project, 'backend.json', (text) =>
      text.replace('"type": "string"', '"type": "text"'),
    );
    const { code, stdout } = await gen(project, 'status', await allRun());
    expect(code).toBe(1);
    expect(stdout).toContain(`    stale  ${schema}\n`);
    expect(stdout).toContain('the code does not follow it: npx gen apply\n');
    expect((await gen(project, 'apply --force')).code).toBe(0);
    expect((await gen(project, 'status', await allRun())).code).toBe(0);
  });

  it('fails where another version made the code', async () => {
    const project = await projectWith('posts title');
    await edit(project, 'backend.lock.json', (text) =>
      text.replace(/"version": ".*?"/, '"version": "0.0.1"'),
    );
    const { code, stdout } = await gen(project, 'status', await allRun());
    expect(code).toBe(1);
    expect(stdout).toMatch(/^(\d+) generated files: \1 stale\n/);
    expect(stdout).toMatch(
      /✗ The code is of create-backend 0\.0\.1; this is .*: npx gen upgrade\n/,
    );
    expect(stdout).not.toContain(service);
  });

  it('tells which migrations have still to run, and does not fail for them', async () => {
    const project = await projectWith('posts title');
    const [creation = ''] = Object.keys(await treeOf(project)).flatMap(
      (path) => /(\d+_create_posts)\.ts$/.exec(path)?.[1] ?? [],
    );
    const { code, stdout } = await gen(
      project,
      'status',
      await migrations(`echo 'pending ${creation}'`),
    );
    expect(code).toBe(0);
    expect(stdout).toContain('posts     wired  wired    wired  1 pending\n');
    expect(stdout).toContain('! A migration has still to run: npm run migrate\n');
  });

  it('fails where npm run migrate would: the database has run one of another branch', async () => {
    const project = await projectWith('posts title');
    const name = '29990101000000_add_summary_to_posts';
    const env = await migrations(`echo 'missing ${name}'`);
    const { code, stdout } = await gen(project, 'status', env);
    expect(code).toBe(1);
    expect(stdout).toContain(`✗ The database has run ${name}, which this folder does not have`);
    expect(stdout).toContain(`git log --all --oneline -- '*${name}.*'`);
    const { database, result } = JSON.parse((await gen(project, 'status --json', env)).stdout);
    expect({ database, result }).toEqual({
      database: { status: 'known', pending: [], missing: [name] },
      result: { status: 'behind' },
    });
  });

  it.each([
    ['cannot be asked', 'echo "connect ECONNREFUSED 127.0.0.1:5432" >&2; exit 1', 'connect ECONN'],
    ['needs what is not installed', undefined, 'tsx is not installed'],
  ])('says in a line that the database %s', async (_, script, reason) => {
    const project = await projectWith('posts title');
    const env = script === undefined ? { PATH: '/usr/bin:/bin' } : await migrations(script);
    const { code, stdout } = await gen(project, 'status', env);
    expect(code).toBe(0);
    expect(stdout).toContain('posts     wired  wired    wired  1 not known\n');
    expect(stdout).toContain(`! Which migrations have run is not known: ${reason}`);
  });

  it('--json holds everything', async () => {
    const project = await projectWith('posts title');
    await edit(project, service, (text) => `${text}// mine\n`);
    await rm(join(project, schema));
    const { code, stdout } = await gen(project, 'status --json', await allRun());
    expect(code).toBe(1);
    const status = JSON.parse(stdout);
    expect(status).toMatchObject({
      isApplied: true,
      endpoints: [{ name: 'posts', isCreated: true, migrations: [{ status: 'applied' }] }],
      database: { status: 'known', pending: [], missing: [] },
      result: { status: 'behind' },
    });
    expect(status.files).toContainEqual({ path: service, status: 'edited' });
    expect(status.files).toContainEqual({ path: schema, status: 'missing' });
    expect(status.files).toContainEqual({ path: routes, status: 'pristine' });
  });

  it.each(['status', 'list'])('%s refuses outside of a project', async (command) => {
    const { code, stderr } = await gen(await emptyFolder(), command);
    expect(code).toBe(1);
    expect(stderr).toContain('There is no backend.json in ');
  });
});

describe('gen list', () => {
  it('lists the routes in columns', async () => {
    const project = await projectWith('posts title', 'tags name --only list');
    const { code, stdout, stderr } = await gen(project, 'list');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(`method  path            access  file
GET     /health         public  src/http/health.ts
GET     /ready          public  src/http/health.ts
GET     /openapi.json   public  src/http/docs.ts
GET     /docs           public  src/http/docs.ts
GET     /api/posts      public  src/modules/posts/posts.routes.ts
POST    /api/posts      public  src/modules/posts/posts.routes.ts
GET     /api/posts/:id  public  src/modules/posts/posts.routes.ts
PUT     /api/posts/:id  public  src/modules/posts/posts.routes.ts
PATCH   /api/posts/:id  public  src/modules/posts/posts.routes.ts
DELETE  /api/posts/:id  public  src/modules/posts/posts.routes.ts
GET     /api/tags       public  src/modules/tags/tags.routes.ts
`);
  });

  it.each(['list', 'status'])(
    '%s says that a command was cut off half-way, and leaves it to the next that writes',
    async (command) => {
      const project = await projectWith('posts title');
      const before = await treeOf(project);
      const killed = await gen(project, 'endpoint tags name', await signalledAt(routes, 'SIGKILL'));
      expect(killed.code).not.toBe(0);
      const halfDone = await treeOf(project);
      expect(halfDone).not.toEqual(before);
      const { stderr } = await gen(project, command, await allRun());
      expect(stderr).toContain('A command is writing here, or was cut off while it wrote');
      expect(await treeOf(project)).toEqual(halfDone);
      expect((await gen(project, 'apply')).code).toBe(0);
      expect(await treeOf(project)).toEqual(before);
    },
  );

  it('--json holds the same', async () => {
    const project = await projectWith('tags name --only list');
    const { code, stdout } = await gen(project, 'list --json');
    expect(code).toBe(0);
    const { routes: listed } = JSON.parse(stdout);
    expect(listed).toHaveLength(5);
    const file = 'src/modules/tags/tags.routes.ts';
    expect(listed.at(-1)).toEqual({ method: 'GET', path: '/api/tags', access: 'public', file });
  });

  it('lists what the code has where backend.json is ahead of it, and says so', async () => {
    const project = await projectWith('posts title');
    await edit(project, 'backend.json', (text) => text.replace('"/api"', '"/v2"'));
    const { code, stdout, stderr } = await gen(project, 'list');
    expect(code).toBe(0);
    expect(stdout).toContain(' /api/posts ');
    expect(stderr).toContain('npx gen apply');
  });
});
