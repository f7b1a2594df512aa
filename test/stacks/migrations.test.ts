import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { express } from '../../src/stacks/express/express.ts';
import type { RenderedFile } from '../../src/stacks/stack.ts';
import { emptyManifest, everything, manifestWith } from './manifests.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const timestamp = '20260131120000';

const posts = (fields: string[]): Manifest =>
  manifestWith(
    { name: 'users', fields: ['name'] },
    { name: 'posts', fields: ['title', ...fields] },
  );

function alteration(before: string[], after: string[], renames: [string, string][] = []) {
  return express.renderAlteration({
    before: posts(before),
    after: posts(after),
    plural: 'posts',
    renames: new Map(renames),
    timestamp,
  });
}

const changes: [name: string, before: string[], after: string[], renames?: [string, string][]][] = [
  ['add_summary_to_posts', [], ['summary:text:optional']],
  ['add_summary_and_slug_to_posts', [], ['summary:text:optional', 'slug:string:unique']],
  ['rename_name_to_headline_in_posts', ['name'], ['headline'], [['name', 'headline']]],
  [
    'rename_author_id_to_writer_id_in_posts',
    ['author:ref:users'],
    ['writer:ref:users'],
    [['author', 'writer']],
  ],
  ['change_price_of_posts', ['price:decimal'], ['price:decimal:min=0']],
  ['change_author_id_of_posts', ['author:ref:users'], ['author:ref:users:optional:unique']],
  ['change_author_of_posts', ['author:ref:users'], ['author:uuid']],
  ['change_meta_of_posts', ['meta:json'], ['meta:boolean:default=false']],
  ['remove_note_from_posts', ['note:enum:a,b:default=a'], []],
  ['remove_note_and_day_from_posts', ['note', 'day:date:unique'], []],
  ['change_posts', ['a', 'b:ref:users'], ["c:text:default=`${it's}\\"], [['a', 'c']]],
  [
    'change_posts',
    ['a', 'b'],
    ['c', 'd'],
    [
      ['a', 'c'],
      ['b', 'd'],
    ],
  ],
  [
    'change_posts',
    [],
    ['firstOfManyLongNames', 'secondOfManyLongNames', 'thirdOfManyLongNames'].map(
      (name) => `${name}:string:optional`,
    ),
  ],
];

/** Throws what Biome prints where it would change a file or has something to say about it. */
function checkWithBiome(files: RenderedFile[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'migrations-'));
  try {
    const rendered = express.renderProject(emptyManifest, '1.0.0');
    const config = rendered.find(({ path }) => path === 'biome.json')?.content ?? '';
    writeFileSync(join(folder, 'biome.json'), config);
    for (const [index, { path, content }] of files.entries()) {
      const file = join(folder, String(index), path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    const biome = join(root, 'node_modules/.bin/biome');
    execFileSync(biome, ['check', '--error-on-warnings', '--vcs-enabled=false', '.'], {
      cwd: folder,
      encoding: 'utf8',
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the migration of a change', () => {
  it.each(changes)('is named after what happens: %s', (name, before, after, renames) => {
    const path = alteration(before, after, renames)?.path;
    expect(path).toBe(`src/db/migrations/${timestamp}_${name}.ts`);
  });

  it('reads as if written by hand', () => {
    const file = alteration(
      ['name', 'note'],
      ['headline', 'slug:string:unique'],
      [['name', 'headline']],
    );
    expect(file?.content).toMatchInlineSnapshot(`
      "import { type Kysely, sql } from 'kysely';

      export async function up(db: Kysely<unknown>): Promise<void> {
        await sql\`alter table posts drop column note\`.execute(db);
        await sql\`alter table posts rename column name to headline\`.execute(db);
        await sql\`alter table posts add column slug varchar(255)\`.execute(db);
        await sql\`
          do $$ declare _rows bigint; begin
            select count(*) into _rows from posts where slug is null;
            if _rows > 0 then
              raise exception 'posts.slug has no value in % of the rows, which not null refuses: fill it in this migration', _rows;
            end if;
          end $$
        \`.execute(db);
        await sql\`alter table posts alter column slug set not null\`.execute(db);
        await sql\`alter table posts add constraint posts_slug_unique unique (slug)\`.execute(db);
      }

      export async function down(db: Kysely<unknown>): Promise<void> {
        await sql\`alter table posts drop column slug\`.execute(db);
        await sql\`alter table posts rename column headline to name\`.execute(db);
        await sql\`alter table posts add column note varchar(255)\`.execute(db);
        await sql\`update posts set note = '-' where note is null\`.execute(db);
        await sql\`alter table posts alter column note set not null\`.execute(db);
      }
      "
    `);
  });

  it('is not there where the database stays as it is', () => {
    expect(alteration(['note'], ['note:string:private'])).toBeUndefined();
  });

  it('tells of renamed references by what they are called in the manifest', () => {
    const change = {
      before: posts(['author:ref:users']),
      after: posts(['writer:ref:users']),
      plural: 'posts',
    };
    expect(express.risksOf({ ...change, renames: new Map([['author', 'writer']]) })).toEqual([]);
    expect(express.risksOf({ ...change, renames: new Map() })).toMatchObject([
      { kind: 'loses', message: expect.stringContaining('`posts.authorId`') },
      { kind: 'stops', message: expect.stringContaining('`writerId`') },
    ]);
  });
});

describe('the migration that drops a table', () => {
  const manifest = manifestWith(...everything);

  it('makes it again on the way back as it was made at first', () => {
    const { path, content } = express.renderRemoval(manifest, 'news', timestamp);
    expect(path).toBe(`src/db/migrations/${timestamp}_drop_news.ts`);
    const created = express.renderCreation(manifest, 'news', timestamp).content;
    const [, up = '', down = ''] = content.split(/export async function (?:up|down)/);
    const [, createdUp = '', createdDown = ''] = created.split(/export async function (?:up|down)/);
    expect(up.trim()).toBe(createdDown.trim());
    // A long statement has lines of its own here.
    const joined = (text: string) => text.replace(/\s+/g, '').replaceAll(',)', ')');
    expect(joined(down)).toBe(joined(createdUp));
  });
});

it('is formatted and linted as the project wants it', () => {
  const manifest = manifestWith(...everything);
  checkWithBiome([
    ...changes.flatMap(([, ...change]) => alteration(...change) ?? []),
    ...Object.keys(manifest.endpoints).map((name) =>
      express.renderRemoval(manifest, name, timestamp),
    ),
  ]);
});
