import { describe, expect, it } from 'vitest';
import { alterTable } from '../../src/stacks/postgres/alter.ts';
import { describeResource, type Resource } from '../../src/stacks/resource.ts';
import { manifestWith } from './manifests.ts';

const posts = (fields: string[]): Resource =>
  describeResource(
    manifestWith(
      { name: 'users', fields: ['name'] },
      { name: 'teams', fields: ['name'] },
      { name: 'posts', fields: ['title', ...fields] },
    ),
    'posts',
  );

const alter = (before: string[], after: string[], renames: Record<string, string> = {}) =>
  alterTable(posts(before), posts(after), new Map(Object.entries(renames)));

const alteration = 'alter table posts';
const advice = 'change them first, or in this migration';
const raise = (said: string) => `  if _rows > 0 then
    raise exception '${said}', _rows;
  end if;
end $$`;

const guardWhere = (where: string, said: string) => `do $$ declare _rows bigint; begin
  select count(*) into _rows from posts where ${where};
${raise(said)}`;

const guard = (column: string, way: string) =>
  guardWhere(
    `${column} is null`,
    `posts.${column} has no value in % of the rows, which not null refuses: ${way} in this migration`,
  );

const guardValue = (column: string, value: string, what: string) =>
  `do $$ declare _rows bigint := 0; _row record; begin
  for _row in select ${column} from posts loop
    begin
      perform ${value};
    exception when others then
      _rows := _rows + 1;
    end;
  end loop;
${raise(`posts.${column} ${what} in % of the rows: ${advice}`)}`;

describe('the statements of a change', () => {
  it.each<[string, string[], string[], Record<string, string>, unknown[]]>([
    [
      'add what may be empty',
      [],
      ['note:text:optional'],
      {},
      [`${alteration} add column note text`],
    ],
    [
      'fill rows with the default before they constrain',
      [],
      ['kind:enum:a,b:default=a:filter'],
      {},
      [
        `${alteration} add column kind text`,
        "update posts set kind = 'a' where kind is null",
        `${alteration} alter column kind set default 'a'`,
        `${alteration} alter column kind set not null`,
        `${alteration} add constraint posts_kind_check check (kind in ('a', 'b'))`,
        'create index posts_kind_index on posts (kind, id)',
      ],
    ],
    [
      'leave to a person what rows get without a default',
      [],
      ['author:ref:users'],
      {},
      [
        `${alteration} add column author_id uuid`,
        guard('author_id', 'fill it'),
        `${alteration} alter column author_id set not null`,
        `${alteration} add constraint posts_author_id_foreign foreign key (author_id) references users (id) on delete restrict`,
        'create index posts_author_id_index on posts (author_id, id)',
      ],
    ],
    [
      'rename a column with all that is named after it',
      ['slug:string:unique:min=2', 'author:ref:users'],
      ['path:string:unique:min=2', 'writer:ref:users'],
      { slug: 'path', authorId: 'writerId' },
      [
        `${alteration} rename column slug to path`,
        `${alteration} rename constraint posts_slug_unique to posts_path_unique`,
        `${alteration} rename constraint posts_slug_check to posts_path_check`,
        `${alteration} rename column author_id to writer_id`,
        `${alteration} rename constraint posts_author_id_foreign to posts_writer_id_foreign`,
        'alter index posts_author_id_index rename to posts_writer_id_index',
      ],
    ],
    [
      'take a default and a check off before the type changes',
      ['price:decimal:default=1.5:min=1:filter'],
      ['price:integer:default=2:min=1:filter'],
      {},
      [
        `${alteration} drop constraint posts_price_check`,
        guardValue('price', '_row.price::integer', 'is out of range'),
        `${alteration} alter column price drop default`,
        `${alteration} alter column price type integer using price::integer`,
        `${alteration} alter column price set default 2`,
        guardWhere(
          'not (price >= 1)',
          `posts.price is less than 1 in % of the rows, which posts_price_check refuses: ${advice}`,
        ),
        `${alteration} add constraint posts_price_check check (price >= 1)`,
      ],
    ],
    [
      'let PostgreSQL refuse what a shorter text would cut',
      ['note:text'],
      ['note:string:max=20'],
      {},
      [
        guardWhere(
          'char_length(note) > 20',
          `posts.note is longer than 20 characters in % of the rows, which varchar(20) refuses: ${advice}`,
        ),
        `${alteration} alter column note type varchar(20)`,
      ],
    ],
    [
      'require what was optional',
      ['note:string:optional'],
      ['note'],
      {},
      [
        guard('note', 'give it a default, or fill it'),
        `${alteration} alter column note set not null`,
      ],
    ],
    [
      'make a foreign key anew that does something else on delete',
      ['author:ref:users'],
      ['author:ref:users:optional'],
      {},
      [
        `${alteration} drop constraint posts_author_id_foreign`,
        `${alteration} alter column author_id drop not null`,
        `${alteration} add constraint posts_author_id_foreign foreign key (author_id) references users (id) on delete set null`,
      ],
    ],
    [
      'make a column anew that cannot be converted',
      ['author:ref:users:optional'],
      ['author:ref:teams:optional'],
      {},
      [
        `${alteration} drop column author_id`,
        `${alteration} add column author_id uuid`,
        `${alteration} add constraint posts_author_id_foreign foreign key (author_id) references teams (id) on delete set null`,
        'create index posts_author_id_index on posts (author_id, id)',
      ],
    ],
    [
      'index what is searched, once the extension is there',
      ['note:text', 'summary:text'],
      ['note:text:search', 'summary:text:search'],
      {},
      [
        expect.stringContaining('create extension if not exists pg_trgm'),
        'create index posts_note_search on posts using gin (note gin_trgm_ops)',
        'create index posts_summary_search on posts using gin (summary gin_trgm_ops)',
      ],
    ],
    [
      'drop the index of what is not searched any more, where it was not left out',
      ['note:text:search'],
      ['note:text'],
      {},
      ['drop index if exists posts_note_search'],
    ],
    [
      'rename what is searched with its index',
      ['note:text:search'],
      ['remark:text:search'],
      { note: 'remark' },
      [
        `${alteration} rename column note to remark`,
        'alter index if exists posts_note_search rename to posts_remark_search',
      ],
    ],
    [
      'lead through rows without a value that is unique',
      ['slug:string:optional:unique'],
      ['slug:string:optional:unique:sort'],
      {},
      ['create index posts_slug_index on posts (slug, id)'],
    ],
    ['drop a column', ['note:string:unique'], [], {}, [`${alteration} drop column note`]],
    [
      'drop an index and make another',
      ['note:string:filter'],
      ['note:string:index'],
      {},
      ['drop index posts_note_index', 'create index posts_note_index on posts (note)'],
    ],
    [
      'quote a reserved name',
      [],
      ['order:integer:optional'],
      {},
      [`${alteration} add column "order" integer`],
    ],
  ])('%s', (_name, before, after, renames, expected) => {
    expect(alter(before, after, renames).up).toEqual(expected);
  });

  it('are none where the database stays as it is', () => {
    const nothing = { up: [], down: [], risks: [] };
    expect(alter(['note:string:sort'], ['note:string:sort:filter'])).toEqual(nothing);
    expect(alter(['note:string:optional'], ['note:string:optional:private'])).toEqual(nothing);
    expect(alter(['note:text'], ['note:text:max=20000'])).not.toEqual(nothing);
    expect(alter(['a', 'b'], ['b', 'a'])).toEqual(nothing);
  });

  it('restore a required column with a value that its constraints accept', () => {
    const fill = (field: string) =>
      alter([field], []).down.find((statement) => /^(update|do)/.test(statement));
    expect(fill('note')).toBe("update posts set note = '-' where note is null");
    expect(fill('note:string:min=3')).toBe("update posts set note = '---' where note is null");
    expect(fill('note:integer:max=-4')).toBe('update posts set note = -4 where note is null');
    expect(fill('note:string:unique')).toBe('update posts set note = id::text where note is null');
    expect(fill('note:enum:a,b:list')).toBe("update posts set note = '{}' where note is null");
    expect(fill('note:ref:users')).toBe(guard('note_id', 'fill it'));
  });
});

/** Fields whose columns let in what the API refuses; nothing where it takes all that is there. */
const unchecked: [before: string, after: string, what: string | undefined][] = [
  ['note:string:max=200', 'note:email', 'is not an email address'],
  ['note:url:max=200', 'note:email', 'is not an email address'],
  ['note:string', 'note:url', 'is not a URL'],
  ['note:email', 'note:url', 'is not a URL'],
  ['note:url:list:max=5', 'note:url:list', undefined],
  ['note:string', 'note:url:list', 'is not a URL'],
  ['note:email', 'note:string', undefined],
  ['note:email', 'note:email:max=254', undefined],
  ['note:string:optional', 'note:string:default=none', 'is empty'],
  ['note:string:optional:min=1', 'note:string:min=1:default=none', undefined],
  ['note:text:max=30000', 'note:text', 'is longer than 20,000 characters'],
  ['note:string:max=30000', 'note:text', 'is longer than 20,000 characters'],
  ['note:text', 'note:text:search', undefined],
  ['note:integer:list:max=200', 'note:integer:list', 'has more than 100 items'],
  ['note:integer:list', 'note:integer:list:filter', undefined],
  ['note:number', 'note:decimal', 'has more than 18 digits before the point, or 9 after it'],
];

describe('what is said of rows', () => {
  it.each<[string, string[], string[], string[]]>([
    ['nothing of what may be empty', [], ['note:text:optional'], []],
    ['nothing of a default', [], ['note:integer:default=1'], []],
    ['nothing of what becomes wider', ['note:string:max=9'], ['note:text:optional'], []],
    ['nothing of bounds that let more in', ['note:integer:min=3'], ['note:integer:min=2'], []],
    ['a field that goes', ['note'], [], ['loses: `posts.note` is removed with all its data.']],
    [
      'a required field',
      [],
      ['note'],
      ['stops: The migration stops if posts has rows, because they have no `note` yet.'],
    ],
    [
      'a field that is required from now on',
      ['note:integer:optional'],
      ['note:integer'],
      ['stops: The migration stops if a row has no `posts.note`.'],
    ],
    [
      'rounding',
      ['note:number'],
      ['note:integer'],
      [
        'loses: `posts.note` is rounded to whole numbers.',
        'stops: The migration stops if `posts.note` is out of range.',
      ],
    ],
    [
      'a list that becomes one value',
      ['note:string:list'],
      ['note:string:optional'],
      ['loses: `posts.note` keeps only the first of its values.'],
    ],
    [
      'what cannot be converted',
      ['note:json:optional'],
      ['note:boolean:optional'],
      ['loses: `posts.note` cannot be converted: its column is created again, without its data.'],
    ],
    [
      'what may not be read',
      ['note'],
      ['note:integer'],
      ['stops: The migration stops if `posts.note` cannot be read as integer.'],
    ],
    [
      'what may be too long',
      ['note:text'],
      ['note:string:max=20'],
      ['stops: The migration stops if `posts.note` is longer than 20 characters.'],
    ],
    [
      'bounds that let less in',
      ['note:integer:max=9'],
      ['note:integer:min=2:max=8'],
      [
        'stops: The migration stops if `posts.note` is less than 2.',
        'stops: The migration stops if `posts.note` is more than 8.',
      ],
    ],
    [
      'values that are no longer listed',
      ['note:enum:a,b'],
      ['note:enum:a,c'],
      ['stops: The migration stops if `posts.note` is none of a, c.'],
    ],
    [
      'what a cast would cut',
      ['note'],
      ['note:date'],
      [
        'stops: The migration stops if `posts.note` cannot be read as date.',
        'stops: The migration stops if `posts.note` has a time after the day.',
      ],
    ],
    ...unchecked.map(([before, after, what]): [string, string[], string[], string[]] => [
      `what only the API checks: ${before} to ${after}`,
      [before],
      [after],
      what === undefined
        ? []
        : [
            `stays: Existing rows are kept if \`posts.note\` ${what}: reading them works, but writing them again is refused.`,
          ],
    ]),
    [
      'what must be unique',
      ['note'],
      ['note:string:unique'],
      ['stops: The migration stops if two rows have the same `posts.note`.'],
    ],
  ])('%s', (_name, before, after, expected) => {
    const { risks } = alter(before, after);
    expect(risks.map(({ kind, message }) => `${kind}: ${message}`)).toEqual(expected);
  });
});
