import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { planChange } from '../../src/plan/plan-change.ts';
import type { StatusRequest } from '../../src/plan/status.ts';
import { isBehind, readStatus } from '../../src/plan/status.ts';
import { express } from '../../src/stacks/express/express.ts';
import { emptyManifest, manifestWith } from '../stacks/manifests.ts';

type Texts = Record<string, string | undefined>;

const empty: Manifest = emptyManifest;
const one = manifestWith({ name: 'posts', fields: ['title'] });
const two = manifestWith(
  { name: 'posts', fields: ['title'] },
  { name: 'blog-tags', fields: ['name', 'post:ref:posts'], under: 'posts' },
);
const withField = manifestWith({ name: 'posts', fields: ['title', 'body:text'] });

const creation = 'src/db/migrations/20260131120000_create_posts.ts';
const service = 'src/modules/posts/posts.service.ts';

function filesOf(texts: Texts): StatusRequest['files'] {
  return {
    read: (path) => texts[path],
    tree: (folder) => Object.keys(texts).filter((path) => path.startsWith(`${folder}/`)),
    list: (folder) =>
      Object.keys(texts).flatMap((path) =>
        path.startsWith(`${folder}/`) && texts[path] !== undefined
          ? [path.slice(folder.length + 1)]
          : [],
      ),
  };
}

/** The texts of a project that one command after another brought to its manifest. */
async function made(...manifests: Manifest[]): Promise<Texts> {
  const rendered = express.renderProject(empty, 'file:.backend/create-backend-1.0.0.tgz');
  let texts: Texts = Object.fromEntries(rendered.map(({ path, content }) => [path, content]));
  for (const [at, after] of manifests.entries()) {
    const before = manifests[at - 1] ?? empty;
    const { changes } = await planChange({
      before,
      after,
      renames: {},
      stack: express,
      files: filesOf(texts),
      clock: new Date('2026-01-31T12:00:00Z'),
      force: true,
      command: 'gen apply',
      newSecret: () => 'secret',
      version: '1.0.0',
    });
    for (const change of changes) {
      const content = change.kind === 'delete' ? undefined : String(change.content);
      texts = { ...texts, [change.path]: content };
    }
  }
  return texts;
}

async function look(texts: Texts, applied: Manifest, more: Partial<StatusRequest> = {}) {
  const status = await readStatus({
    stack: express,
    applied,
    manifest: applied,
    files: filesOf(texts),
    madeBy: '1.0.0',
    version: '1.0.0',
    pending: new Set(),
    missing: [],
    isMerged: false,
    ...more,
  });
  const others = status.files.filter((file) => file.status !== 'pristine');
  const marks = others.map((file) => `${file.status} ${file.path}`);
  return { ...status, marks, isBehind: isBehind(status) };
}

describe('a project that nobody touched', () => {
  it.each([
    ['new', [empty]],
    ['with an endpoint', [one]],
    ['with two, one after another', [one, two]],
    ['with two at once', [two]],
    ['with a field more', [one, withField]],
    ['with one that was removed', [two, one]],
  ])('is pristine: %s', async (_, manifests) => {
    const applied = manifests.at(-1) ?? empty;
    const { marks, files, endpoints, isBehind } = await look(await made(...manifests), applied);
    expect({ marks, isBehind }).toEqual({ marks: [], isBehind: false });
    expect(files.length).toBeGreaterThan(60);
    expect(endpoints.map(({ name }) => name)).toEqual(Object.keys(applied.endpoints));
    for (const { wiring, isCreated } of endpoints) {
      expect({ isCreated, there: wiring.map(({ isThere }) => isThere) }).toEqual({
        isCreated: true,
        there: [true, true, true],
      });
    }
  });

  it.each(['0.9.0', '^1.2.3', 'file:../create-backend'])(
    'is pristine whatever its package.json says of this tool: %s',
    async (reference) => {
      const texts = await made(one);
      const text = texts['package.json']?.replace(/("create-backend": ")[^"]*/, `$1${reference}`);
      const { marks } = await look({ ...texts, 'package.json': text }, one);
      expect(marks).toEqual([]);
    },
  );

  it('is pristine with Windows line endings, and in whatever order its endpoints were wired', async () => {
    const texts = await made(two);
    const swapped = texts['src/routes.ts']?.replace(
      /( *router\.use\(postsRoutes.*\n)( *router\.use\(blogTagsRoutes.*\n)/,
      '$2$1',
    );
    expect(swapped).not.toBe(texts['src/routes.ts']);
    const windows = texts[service]?.replaceAll('\n', '\r\n');
    const { marks } = await look({ ...texts, 'src/routes.ts': swapped, [service]: windows }, two);
    expect(marks).toEqual([]);
  });
});

describe('what a person did', () => {
  it.each([
    ['edited a module', service, (text: string) => `${text}// mine\n`],
    ['edited the project', 'src/app.ts', (text: string) => text.replace('etag', 'x-etag')],
    ['added a line to a shared file', 'src/routes.ts', (text: string) => `// mine\n${text}`],
    ['added a script', 'package.json', (text: string) => text.replace('"dev"', '"x": "y", "dev"')],
  ])('is edited, and no reason to fail: %s', async (_, path, edit) => {
    const texts = await made(one);
    const { marks, isBehind, endpoints } = await look(
      { ...texts, [path]: edit(texts[path] ?? '') },
      one,
    );
    expect({ marks, isBehind }).toEqual({ marks: [`edited ${path}`], isBehind: false });
    expect(endpoints[0]?.wiring.every(({ isThere }) => isThere)).toBe(true);
  });

  it('is missing where a file was deleted', async () => {
    const { marks, isBehind } = await look({ ...(await made(one)), [service]: undefined }, one);
    expect({ marks, isBehind }).toEqual({ marks: [`missing ${service}`], isBehind: true });
  });

  it.each([
    ['src/routes.ts', /.*postsRoutes.*\n/g, 'route'],
    ['src/db/tables.ts', /.*PostsTable.*\n/g, 'table'],
  ])('is not wired where %s lost its lines', async (path, lines, kind) => {
    const texts = await made(one);
    const text = texts[path]?.replace(lines, '');
    const { endpoints, isBehind } = await look({ ...texts, [path]: text }, one);
    const missing = endpoints[0]?.wiring.filter(({ isThere }) => !isThere);
    expect(missing).toMatchObject([{ kind, path }]);
    expect(isBehind).toBe(true);
  });
});

describe('what is not settled', () => {
  const conflict = (label: string, eol = '\n') =>
    [`<<<<<<< ${label}`, '// mine', '=======', '// theirs', '>>>>>>> branch', ''].join(eol);

  it.each([
    ['a module', service, conflict('HEAD')],
    ['a file of the project', 'src/app.ts', conflict('yours')],
    ['a shared file', 'src/routes.ts', conflict('HEAD')],
    ['a migration', creation, conflict('HEAD')],
    ['package.json', 'package.json', conflict('Updated upstream', '\r\n')],
  ])('is a reason to fail: %s with conflict markers', async (_, path, places) => {
    const texts = await made(one);
    const { marks, isBehind } = await look({ ...texts, [path]: texts[path] + places }, one);
    expect({ marks, isBehind }).toEqual({ marks: [`unsettled ${path}`], isBehind: true });
  });
});

describe('what the code does not follow', () => {
  it('is stale where backend.json was edited, and only there', async () => {
    const { marks, isBehind, isApplied } = await look(await made(one), one, {
      manifest: withField,
    });
    const stale = ['fixtures', 'repository', 'schema', 'table', 'test'];
    expect(marks.sort()).toEqual([
      'stale README.md',
      ...stale.map((each) => `stale src/modules/posts/posts.${each}.ts`),
    ]);
    expect({ isBehind, isApplied }).toEqual({ isBehind: true, isApplied: false });
  });

  it('is stale where an endpoint came or went, with the files that are to be wired', async () => {
    const added = await look(await made(one), one, { manifest: two });
    const gone = await look(await made(two), two, { manifest: one });
    for (const { marks } of [added, gone]) {
      expect(marks).toContain('stale src/routes.ts');
      expect(marks).toContain('stale src/db/tables.ts');
      expect(marks).toContain('stale src/modules/blog-tags/blog-tags.routes.ts');
      expect(marks.filter((mark) => mark.startsWith('missing'))).toEqual([]);
    }
  });

  it('is stale, all of it, where another version made it', async () => {
    const { files, marks, isBehind } = await look(await made(one), one, { madeBy: '0.9.0' });
    expect(marks).toHaveLength(files.length);
    expect(marks.every((mark) => mark.startsWith('stale '))).toBe(true);
    expect(isBehind).toBe(true);
  });
});

describe('migrations', () => {
  const own = 'src/db/migrations/20260201000000_count_posts.ts';
  const sql = (statement: string) =>
    `export async function up(db) {\n  await sql\`${statement}\`.execute(db);\n}\n`;

  it.each([
    ['applied', new Set<string>()],
    ['pending', new Set(['20260131120000_create_posts', 'another'])],
    ['unknown', undefined],
  ])('are %s as the database says', async (status, pending) => {
    const { endpoints, isBehind } = await look(await made(one), one, { pending });
    expect(endpoints[0]?.migrations).toEqual([{ name: '20260131120000_create_posts', status }]);
    expect(isBehind).toBe(false);
  });

  it('fail where the database has run one that is not there', async () => {
    const name = '20260131120001_add_summary_to_posts';
    const { isBehind, missingMigrations } = await look(await made(one), one, { missing: [name] });
    expect({ isBehind, missingMigrations }).toEqual({ isBehind: true, missingMigrations: [name] });
  });

  it('belong to the endpoints whose tables they name', async () => {
    const texts = { ...(await made(two)), [own]: sql('update posts set title = 1') };
    const { endpoints } = await look(texts, two);
    expect(endpoints.map(({ migrations }) => migrations.map(({ name }) => name))).toEqual([
      ['20260131120000_create_posts', '20260201000000_count_posts'],
      ['20260131120001_create_blog_tags'],
    ]);
  });

  it.each([
    ['is not there', { [creation]: undefined }],
    ['was dropped since', { [own]: sql('drop table posts') }],
  ])('fail where the one that makes the table %s', async (_, more) => {
    const { endpoints, isBehind } = await look({ ...(await made(one)), ...more }, one);
    expect(endpoints[0]?.isCreated).toBe(false);
    expect(isBehind).toBe(true);
  });

  it('may make the table under another name', async () => {
    const texts = {
      ...(await made(one)),
      [creation]: sql('create table entries (id uuid)'),
      [own]: sql('alter table entries rename to posts'),
    };
    expect((await look(texts, one)).endpoints[0]?.isCreated).toBe(true);
  });
});
