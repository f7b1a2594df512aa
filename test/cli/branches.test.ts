import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { hasMarkers } from '../../src/manifest/markers.ts';
import { once } from '../generated/projects.ts';
import { emptyFolder, projectWith, run, shellEnv, treeOf, write } from './run-bin.ts';

const person = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];

async function git(cwd: string, ...args: string[]) {
  const result = await execa('git', [...person, ...args], {
    cwd,
    env: shellEnv(),
    extendEnv: false,
    reject: false,
  });
  return { code: result.exitCode, output: `${result.stdout}${result.stderr}` };
}

/** Later than the base, which has the time of today: branches have their own times. */
const gen = (cwd: string, command: string, second = 0) =>
  run('gen', command.split(' '), { cwd, env: { SOURCE_DATE_EPOCH: `${4102444800 + second}` } });

async function genOk(cwd: string, command: string, second = 0) {
  expect(await gen(cwd, command, second)).toMatchObject({ code: 0, stderr: '' });
}

async function commitAll(cwd: string, message: string) {
  await git(cwd, 'add', '--all');
  expect(await git(cwd, 'commit', '-m', message)).toMatchObject({ code: 0 });
}

/** A repository whose branch `main` has merged `left`, or tried to; with the files that conflict. */
async function merged(base: string[], left: string[], right: string[]) {
  const cwd = await projectWith(...base);
  await git(cwd, 'init', '-b', 'main');
  await commitAll(cwd, 'Create the project');
  await git(cwd, 'switch', '-c', 'left');
  for (const [at, command] of left.entries()) await genOk(cwd, command, 1000 * (at + 1));
  await commitAll(cwd, 'Left');
  await git(cwd, 'switch', 'main');
  for (const [at, command] of right.entries()) await genOk(cwd, command, 1000 * (at + 1) + 500);
  await commitAll(cwd, 'Right');
  const merge = await git(cwd, 'merge', 'left', '--no-edit');
  const { output } = await git(cwd, 'diff', '--name-only', '--diff-filter=U');
  return { cwd, merge, conflicts: output.split('\n').filter((path) => path !== '') };
}

type Json = { endpoints: Record<string, { fields: Record<string, unknown> }> };
type Settle = (json: Json) => void;

/** Settles backend.json as a person does: from what it was on this branch. */
async function settle(cwd: string, change: Settle) {
  const { output } = await git(cwd, 'show', 'HEAD:backend.json');
  const json: Json = JSON.parse(output);
  change(json);
  await write(cwd, 'backend.json', JSON.stringify(json, null, 2));
}

/** The names of the migrations, without those that every project has. */
const migrationsIn = (tree: Record<string, string>) =>
  Object.keys(tree).flatMap(
    (path) => /^src\/db\/migrations\/(?!2020)\d+_(.*)\.ts$/.exec(path)?.[1] ?? [],
  );

const fieldsOf = (json: Json, plural: string) => json.endpoints[plural]?.fields ?? {};

type Case = {
  what: string;
  base: string[];
  left: string[];
  right: string[];
  /** What git leaves to a person in backend.json, if it does. */
  settle?: Settle;
  /** What conflicts beside the files of endpoints that both changed. */
  migrations: string[];
};

const cases: Case[] = [
  {
    what: 'an endpoint each',
    base: ['posts title'],
    left: ['endpoint comments text:text post:ref:posts'],
    right: ['endpoint tags name'],
    migrations: ['create_posts', 'create_comments', 'create_tags'],
  },
  {
    what: 'an endpoint and a field each',
    base: ['posts title'],
    left: ['endpoint comments text:text', 'field add posts summary:text:optional'],
    right: ['endpoint tags name', 'field add posts views:integer:default=0'],
    settle: (json) => {
      fieldsOf(json, 'posts').summary = { type: 'text', optional: true };
      json.endpoints.comments = { fields: { text: { type: 'text' } } };
    },
    migrations: [
      'create_posts',
      'create_comments',
      'create_tags',
      'add_summary_to_posts',
      'add_views_to_posts',
    ],
  },
  {
    what: 'a field each to two endpoints',
    base: ['posts title', 'tags name'],
    left: ['field add posts summary:text:optional'],
    right: ['field add tags color:enum:red,blue:default=red'],
    migrations: ['create_posts', 'create_tags', 'add_summary_to_posts', 'add_color_to_tags'],
  },
  {
    what: 'a rename and a field',
    base: ['posts title body:text'],
    left: ['field rename posts title headline'],
    right: ['field add posts views:integer:optional'],
    settle: (json) => {
      const { title, ...rest } = fieldsOf(json, 'posts');
      json.endpoints.posts = { fields: { headline: title, ...rest } };
    },
    migrations: ['create_posts', 'rename_title_to_headline_in_posts', 'add_views_to_posts'],
  },
  {
    what: 'a field less and a field more',
    base: ['posts title body:text note:text:optional'],
    left: ['field remove posts note --force'],
    right: ['field add posts views:integer:optional'],
    settle: (json) => {
      delete fieldsOf(json, 'posts').note;
    },
    migrations: ['create_posts', 'remove_note_from_posts', 'add_views_to_posts'],
  },
  {
    what: 'an endpoint less and an endpoint more',
    base: ['posts title', 'tags name'],
    left: ['remove endpoint tags --force'],
    right: ['endpoint topics name'],
    settle: (json) => {
      delete json.endpoints.tags;
    },
    migrations: ['create_posts', 'create_tags', 'drop_tags', 'create_topics'],
  },
  {
    what: 'an endpoint with another name and an endpoint more',
    base: ['posts title', 'tags name'],
    left: ['endpoint comments text:text'],
    right: ['endpoint rename tags topics'],
    settle: (json) => {
      json.endpoints.comments = { fields: { text: { type: 'text' } } };
    },
    migrations: ['create_posts', 'create_tags', 'rename_tags_to_topics', 'create_comments'],
  },
  {
    what: 'a field of another type, step by step, and a field',
    base: ['posts title rank:integer:optional'],
    left: ['field change posts rank:integer', 'field change posts rank:number'],
    right: ['field add posts views:integer:optional'],
    settle: (json) => {
      fieldsOf(json, 'posts').rank = { type: 'number' };
    },
    migrations: [
      'create_posts',
      'change_rank_of_posts',
      'change_rank_of_posts',
      'add_views_to_posts',
    ],
  },
];

describe('two branches that each add', () => {
  it.each(cases)('$what: gen apply finishes what git merged', async (each) => {
    const { cwd, conflicts } = await merged(each.base, each.left, each.right);
    expect(conflicts).not.toContain('backend.lock.json');
    expect(conflicts).not.toContain('src/db/tables.ts');
    if (conflicts.includes('backend.json')) await settle(cwd, each.settle ?? (() => undefined));
    const applied = await gen(cwd, 'apply', 9000);
    expect(applied).toMatchObject({ code: 0, stderr: '' });

    const tree = await treeOf(cwd);
    const open = Object.entries(tree).filter(([path]) => !path.startsWith('.git/'));
    expect(open.filter(([, text]) => hasMarkers(text)).map(([path]) => path)).toEqual([]);
    expect(migrationsIn(tree).sort()).toEqual([...each.migrations].sort());
    const { code, stdout } = await gen(cwd, 'status');
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^(\d+) generated files: \1 pristine\n/),
    });
    // What it was before is no secret to the next command.
    await genOk(cwd, 'field add posts last:boolean:default=false', 10_000);
  });

  it('an endpoint each, far apart in their order: backend.json merges by itself', async () => {
    const { conflicts } = await merged(
      ['posts title', 'tags name', 'users name'],
      ['endpoint authors name'],
      ['endpoint rooms name'],
    );
    expect(conflicts).not.toContain('backend.json');
  });

  it.each([
    ['first on both', ['endpoint tags name', 'endpoint authors name'], ['endpoint tags name']],
    ['last on both', ['endpoint rooms name', 'endpoint tags name'], ['endpoint tags name']],
    [
      'between others',
      ['endpoint rooms name', 'endpoint tags name', 'endpoint authors name'],
      ['endpoint notes name', 'endpoint tags name', 'endpoint trips name'],
    ],
  ])('the same endpoint: shared files have it once, added %s', async (_, left, right) => {
    const { cwd } = await merged(['posts title'], left, right);
    await settle(cwd, (json) => {
      const added = left.flatMap((command) => command.split(' ')[1] ?? []);
      for (const plural of added)
        json.endpoints[plural] ??= { fields: { name: { type: 'string' } } };
    });
    const refused = await gen(cwd, 'apply', 9000);
    const double = /Try: rm (\S+_create_tags)\.\*/.exec(refused.stderr)?.[1];
    await rm(join(cwd, `${double}.ts`));
    await genOk(cwd, 'apply', 9000);
    const tree = await treeOf(cwd);
    for (const [path, own] of [
      ['src/routes.ts', ['{ tagsRoutes }', 'tagsRoutes(']],
      ['src/services.ts', ['{ createTagsService }', 'createTagsService(']],
      ['src/db/tables.ts', ['{ TagsTable }', 'tags: TagsTable']],
    ] as const) {
      const text = tree[path] ?? '';
      expect(own.map((each) => text.split(each).length - 1)).toEqual([1, 1]);
    }
    const { code, stdout } = await gen(cwd, 'status');
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^(\d+) generated files: \1 pristine\n/),
    });
  });

  it('the same field: the two migrations are told, and one has to go', async () => {
    const add = 'field add posts summary:text:optional';
    const { cwd } = await merged(
      ['posts title'],
      [add],
      [`${add}`, 'field add posts rank:integer:optional'],
    );
    await settle(cwd, () => undefined);
    const before = await treeOf(cwd);
    const refused = await gen(cwd, 'apply', 9000);
    expect(refused.code).toBe(1);
    const name = '21000101002500_add_summary_to_posts';
    expect(refused.stderr).toContain(
      `✗ ${name} cannot run: posts.summary exists since 21000101001640_add_summary_to_posts.`,
    );
    expect(refused.stderr).toContain(`Try: rm src/db/migrations/${name}.*`);
    expect(await treeOf(cwd)).toEqual(before);
    const status = await gen(cwd, 'status');
    expect(status).toMatchObject({ code: 1, stdout: expect.stringContaining(`✗ ${name} cannot`) });

    await rm(join(cwd, `src/db/migrations/${name}.ts`));
    await genOk(cwd, 'apply', 9000);
    expect(migrationsIn(await treeOf(cwd)).sort()).toEqual(
      ['add_rank_to_posts', 'add_summary_to_posts', 'create_posts'].sort(),
    );
    expect(await gen(cwd, 'status')).toMatchObject({ code: 0 });
  });
});

describe('an endpoint that one branch renamed and the other changed', () => {
  const rename = 'endpoint rename tags labels';
  const add = 'field add tags rank:integer:optional';

  it.each([
    ['before', [rename], [add]],
    ['after', [add], [rename]],
  ])(
    'is merged by gen apply, once it says what is in the way: renamed %s',
    async (_, left, right) => {
      const base = ['tags name', 'posts title tag:ref:tags'];
      const { cwd } = await merged(base, left, right);
      const isOurs = right[0] === rename;
      const { output } = await git(cwd, 'show', `${isOurs ? 'HEAD' : 'left'}:backend.json`);
      const json: Json = JSON.parse(output);
      fieldsOf(json, 'labels').rank = { type: 'integer', optional: true };
      await write(cwd, 'backend.json', JSON.stringify(json, null, 2));

      const refused = await gen(cwd, 'apply', 9000);
      expect(refused.code).toBe(1);
      const open = [
        ...refused.stderr.matchAll(/✗ (\S+) has merge conflicts between names of `tags`/g),
      ];
      const lost = /✗ (\S+_add_rank_to_tags) changes `tags`, which the other branch renamed/;
      const migration = `src/db/migrations/${lost.exec(refused.stderr)?.[1]}`;
      expect(open.length).toBeGreaterThan(0);
      expect(refused.stderr).toContain(`Try: git diff ${open[0]?.[1]}\n`);
      // As the branch has them that renamed: people settle them as they like.
      for (const [, path = ''] of open) {
        await git(cwd, 'checkout', isOurs ? '--ours' : '--theirs', '--', path);
      }
      const next = await gen(cwd, 'apply', 9000);
      expect(next).toMatchObject({
        code: 1,
        stderr: expect.stringContaining(`Try: rm ${migration}.*`),
      });
      await rm(join(cwd, `${migration}.ts`));
      await genOk(cwd, 'apply', 9000);

      const tree = await treeOf(cwd);
      expect(migrationsIn(tree).sort()).toEqual([
        'add_rank_to_labels',
        'create_posts',
        'create_tags',
        'rename_tags_to_labels',
      ]);
      const { code, stdout } = await gen(cwd, 'status');
      expect({ code, stdout }).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^(\d+) generated files: \1 pristine\n/),
      });
    },
  );
});

const inConflict = () =>
  once('cli-in-conflict', async (folder) => {
    const { cwd } = await merged(
      ['posts title'],
      ['endpoint comments text:text', 'field add posts summary:text:optional'],
      ['endpoint tags name', 'field add posts views:integer:default=0'],
    );
    await cp(cwd, join(folder, 'shop'), { recursive: true });
  });

/** A copy, since most of these tests begin with it. */
async function conflicting(): Promise<{ cwd: string }> {
  const cwd = join(await emptyFolder(), 'shop');
  await cp(join(await inConflict(), 'shop'), cwd, { recursive: true });
  // The files of a copy have other inodes than the index says.
  await git(cwd, 'update-index', '--refresh');
  return { cwd };
}

const settled: Settle = (json) => {
  fieldsOf(json, 'posts').summary = { type: 'text', optional: true };
  json.endpoints.comments = { fields: { text: { type: 'text' } } };
};

describe('a merge under way', () => {
  it('keeps what people wrote on both branches', async () => {
    const cwd = await projectWith('posts title');
    await git(cwd, 'init', '-b', 'main');
    await commitAll(cwd, 'Create the project');
    const schema = 'src/modules/posts/posts.schema.ts';
    const service = 'src/modules/posts/posts.service.ts';
    const edit = async (path: string, change: (text: string) => string) =>
      write(cwd, path, change(await readFile(join(cwd, path), 'utf8')));
    await git(cwd, 'switch', '-c', 'left');
    await genOk(cwd, 'field add posts summary:text:optional', 1000);
    await edit(schema, (text) => `// of the left\n${text}`);
    await commitAll(cwd, 'Left');
    await git(cwd, 'switch', 'main');
    await genOk(cwd, 'field add posts views:integer:default=0', 2000);
    await edit(schema, (text) => `${text}// of the right\n`);
    await edit(service, (text) => `${text}// of the right\n`);
    await commitAll(cwd, 'Right');
    await git(cwd, 'merge', 'left', '--no-edit');
    await settle(cwd, (json) => {
      fieldsOf(json, 'posts').summary = { type: 'text', optional: true };
    });
    await genOk(cwd, 'apply', 9000);
    const tree = await treeOf(cwd);
    for (const word of ['// of the left\n', '// of the right\n', '  views: ', '  summary: ']) {
      expect(tree[schema]).toContain(word);
    }
    expect(tree[service]).toContain('// of the right\n');
    expect(hasMarkers(tree[schema] ?? '')).toBe(false);
  });

  it('is told by every command where backend.json has markers, with a command that works', async () => {
    const { cwd } = await conflicting();
    for (const command of ['apply', 'status', 'list', 'field add posts x']) {
      const { code, stderr } = await gen(cwd, command);
      expect(code).toBe(1);
      expect(stderr).toMatch(/backend\.json: Line \d+, column 1 has a conflict marker\./);
      expect(stderr).toContain('Try: git diff backend.json');
    }
    expect(await git(cwd, 'diff', 'backend.json')).toMatchObject({ code: 0 });
  });

  it('stops commands other than gen apply, and fails gen status', async () => {
    const { cwd } = await conflicting();
    await settle(cwd, settled);
    const { code, stderr } = await gen(cwd, 'field add posts x');
    expect(code).toBe(1);
    expect(stderr).toContain('Try: npx gen apply');
    const status = await gen(cwd, 'status');
    expect(status.code).toBe(1);
    expect(status.stdout).toContain(' conflict  src/modules/posts/posts.schema.ts\n');
    expect(status.stdout).toContain('npx gen apply');
  });

  it('is finished with markers in the lock too, where .gitattributes is not there', async () => {
    const { cwd } = await conflicting();
    await git(cwd, 'merge', '--abort');
    await git(cwd, 'rm', '-q', '.gitattributes');
    await commitAll(cwd, 'Without attributes');
    await git(cwd, 'merge', 'left', '--no-edit');
    expect(hasMarkers(await readFile(join(cwd, 'backend.lock.json'), 'utf8'))).toBe(true);
    await settle(cwd, settled);
    await genOk(cwd, 'apply', 9000);
    const tree = await treeOf(cwd);
    expect(migrationsIn(tree)).toHaveLength(5);
    expect(hasMarkers(tree['src/db/tables.ts'] ?? '')).toBe(false);
    expect(tree['src/db/tables.ts']).toContain('tags: TagsTable');
    expect(tree['src/db/tables.ts']).toContain('comments: CommentsTable');
  });

  it('writes no migration again where only our version of the lock was kept', async () => {
    const { cwd } = await conflicting();
    await settle(cwd, settled);
    await git(cwd, 'checkout', 'HEAD', '--', 'backend.lock.json');
    await genOk(cwd, 'apply --force', 9000);
    expect(migrationsIn(await treeOf(cwd)).sort()).toEqual(
      [
        'create_posts',
        'create_comments',
        'create_tags',
        'add_summary_to_posts',
        'add_views_to_posts',
      ].sort(),
    );
    expect(await gen(cwd, 'status')).toMatchObject({ code: 0 });
  });

  it.each([
    ['during a merge', async () => (await conflicting()).cwd, settled],
    ['at any other time', () => projectWith('posts title'), undefined],
  ])('tells that the lock is missing, and how it comes back: %s', async (_, make, change) => {
    const cwd = await make();
    if (change === undefined) {
      await git(cwd, 'init', '-b', 'main');
      await commitAll(cwd, 'Create the project');
    } else await settle(cwd, change);
    await rm(join(cwd, 'backend.lock.json'));
    for (const command of ['apply', 'status', 'upgrade']) {
      const { code, stderr } = await gen(cwd, command);
      expect(code).toBe(1);
      expect(stderr).toContain('✗ backend.lock.json is missing');
      expect(stderr).toContain('Try: git checkout --merge -- backend.lock.json');
    }
    expect(await git(cwd, 'checkout', '--merge', '--', 'backend.lock.json')).toMatchObject({
      code: 0,
    });
    await genOk(cwd, 'apply', 9000);
  });
});
