import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { moveEndpoint } from '../../src/manifest/move-endpoint.ts';
import { fieldTypes, typeRow } from '../../src/manifest/type-table.ts';
import { alterTable } from '../../src/stacks/postgres/alter.ts';
import { conversionOf } from '../../src/stacks/postgres/convert.ts';
import { renameTable } from '../../src/stacks/postgres/rename.ts';
import { describeResource, type Resource } from '../../src/stacks/resource.ts';
import {
  attempt,
  describeTable,
  openPGlite,
  openPostgres,
  type TestDatabase,
  undone,
} from './alterations/databases.ts';
import { proveBothWays, untouched } from './alterations/prove.ts';
import { isValid, randomPairs } from './alterations/random.ts';
import { sampleOf } from './alterations/samples.ts';
import {
  changeOfField,
  createParents,
  createPosts,
  idOf,
  insertPosts,
  manifestOf,
  ownedPosts,
  postsWith,
  type TableChange,
  valuesIn,
} from './alterations/tables.ts';

vi.setConfig({ hookTimeout: 240_000 });

const typed = (type: string, modifiers: string) => {
  const details: Record<string, string> = { enum: ':a,b', ref: ':users' };
  return `note:${type}${details[type] ?? ''}${modifiers}`;
};

const everyModifier = [
  ...['', ':optional', ':unique', ':unique:optional', ':list', ':list:optional', ':list:min=2'],
  ...[':search', ':search:unique', ':unique:optional:sort:max=60'],
  ...[':min=08:00:max=18:00', ':min=08:00:unique'],
  ...[':index', ':filter', ':sort', ':list:filter', ':min=1', ':max=60', ':min=1:unique'],
];
const everyField = fieldTypes.flatMap((type) =>
  everyModifier.map((modifiers) => typed(type, modifiers)).filter(isValid),
);

const withDefault = [
  ...["note:string:default=it's", 'note:text:default=some words', 'note:integer:default=-7'],
  ...['note:boolean:default=true:filter', 'note:enum:a,b:default=b:index'],
  ...fieldTypes.map((type) => typed(type, `:default=${typeRow(type).example}`)).filter(isValid),
];

/** What cannot be converted is dropped and added, with a list as with anything else. */
function isConverted(from: string, to: string): boolean {
  const { before, after } = changeOfField(from, to);
  const [one, other] = [before.fields[1], after.fields[1]];
  return one !== undefined && other !== undefined && conversionOf(one, other) !== undefined;
}

const everyConversion = fieldTypes.flatMap((from) =>
  fieldTypes.flatMap((to) =>
    [
      ['', ''],
      [':list', ':list'],
      ['', ':list'],
      [':list', ''],
    ]
      .map(([before = '', after = '']): [string, string] => [typed(from, before), typed(to, after)])
      .filter(([before, after]) => before !== after && isValid(before) && isValid(after))
      .filter((pair) => !pair.join().includes(':list') || isConverted(...pair)),
  ),
);

/** What becomes of values, in a session whose day is 13 hours ahead of the one in UTC. */
const promises: [
  before: string | undefined,
  after: string | undefined,
  rows: string[],
  becomes: unknown[],
  back: unknown[],
][] = [
  ['note', 'headline', ["'a'"], ['a'], ['a']],
  ['note:ref:users', 'writer:ref:users:optional', [`'${idOf(1)}'`], [idOf(1)], [idOf(1)]],
  [undefined, 'note:enum:draft,sent:default=draft', [], ['draft'], []],
  [undefined, 'note:text:optional', [], [null], []],
  ['note:integer:optional', 'note:integer:default=3', ['null', '7'], ['3', '7'], ['3', '7']],
  ['note:integer', 'note:integer:optional', ['1'], ['1'], ['1']],
  ['note:string:max=9', 'note:string:max=80', ["'a'"], ['a'], ['a']],
  ['note:string:default=a', 'note:text:default=b', ["'c'"], ['c'], ['c']],
  ['note:integer', 'note:number', ['7'], ['7'], ['7']],
  ['note:integer', 'note:decimal', ['-7'], ['-7'], ['-7']],
  ['note:integer', 'note:boolean', ['7', '0'], ['true', 'false'], ['1', '0']],
  ['note:number', 'note:decimal', ['0.1e0 + 0.2e0'], ['0.3'], ['0.3']],
  [
    'note:number',
    'note:decimal',
    ["'0.30000000000000004'"],
    ['0.30000000000000004'],
    ['0.30000000000000004'],
  ],
  ['note:number', 'note:integer', ['1.6', '-2.4'], ['2', '-2'], ['2', '-2']],
  ['note:decimal', 'note:integer', ['1.50', '-2.4'], ['2', '-2'], ['2', '-2']],
  ['note:decimal', 'note:text', ['1.50'], ['1.50'], ['1.50']],
  ['note:boolean', 'note:enum:true,false', ['true'], ['true'], ['true']],
  ['note:date', 'note:datetime', ["'2026-01-31'"], ['2026-01-31 13:00:00+13'], ['2026-01-31']],
  [
    'note:datetime',
    'note:date',
    ["'2026-01-31T22:30:00Z'"],
    ['2026-01-31'],
    ['2026-01-31 13:00:00+13'],
  ],
  [
    'note:datetime',
    'note:time',
    ["'2026-01-31T23:59:59.9Z'"],
    ['23:59:59'],
    ['1970-01-01 12:00:00+12'],
  ],
  ['note:time', 'note:string', ["'10:30'"], ['10:30:00'], ['10:30:00']],
  [
    'note:string',
    'note:time',
    ["'9:30'", "'23:59:59'"],
    ['09:30:00', '23:59:59'],
    ['09:30:00', '23:59:59'],
  ],
  ['note:string:list', 'note:time:list', ["'{10:30}'"], ['{10:30:00}'], ['{10:30:00}']],
  ['note:time', 'note:time:min=08:00:max=18:00', ["'08:00'"], ['08:00:00'], ['08:00:00']],
  [
    'note:datetime',
    'note:string',
    ["'2026-01-31T22:30:00.5Z'"],
    ['2026-01-31T22:30:00.500Z'],
    ['2026-02-01 11:30:00.5+13'],
  ],
  ['note:string', 'note:integer', ["'007'"], ['7'], ['7']],
  ['note:string', 'note:enum:a,b', ["'a'"], ['a'], ['a']],
  ['note:string:search', 'remark:text:search', ["'a'"], ['a'], ['a']],
  ['note:text:search', 'note:email:search', ["'me@x.org'"], ['me@x.org'], ['me@x.org']],
  ['note:text:search', 'note:integer', ["'7'"], ['7'], ['7']],
  ['note:integer', 'note:text:search', ['7'], ['7'], ['7']],
  ['note:text', 'note:json', [`'{"a":1}'`], ['{"a": 1}'], ['{"a": 1}']],
  ['note:string', 'note:ref:users', [`'${idOf(2)}'`], [idOf(2)], [idOf(2)]],
  ['note:string', 'note:string:list', ["'a'"], ['{a}'], ['a']],
  ['note:string:optional', 'note:text:list:optional', ['null'], [null], [null]],
  [
    'note:date',
    'note:datetime:list',
    ["'2026-01-31'"],
    ['{"2026-01-31 13:00:00+13"}'],
    ['2026-01-31'],
  ],
  ['note:integer:list', 'note:integer', ["'{4,5}'"], ['4'], ['{4}']],
  ['note:integer:list', 'note:string:optional', ["'{}'", "'{1,2}'"], [null, '1'], ['{}', '{1}']],
  ['note:integer:list', 'note:decimal:list', ["'{1,2}'"], ['{1,2}'], ['{1,2}']],
  ['note:string:list', 'note:json', ["'{a,b}'"], ['["a", "b"]'], ['{}']],
  ['note:ref:users:optional', 'note:ref:teams:optional', [`'${idOf(1)}'`], [null], [null]],
  ['note:json:optional', 'note:boolean:default=true', ["'{}'"], ['true'], [null]],
  ['note:string:min=3', undefined, ["'abc'"], [], ['---']],
  ['note:integer:min=5', undefined, ['7'], [], ['5']],
  ['note:boolean', undefined, ['true'], [], ['false']],
  ['note:string:unique', undefined, ["'a'", "'b'"], [], [idOf(1), idOf(2)]],
  ['note:enum:a,b:list:min=2', undefined, ["'{b,b}'"], [], ['{a,a}']],
  ['note:enum:a,b:default=b', undefined, ["'a'"], [], ['b']],
];

const refusals: [
  before: string | undefined,
  after: string | undefined,
  rows: string[],
  refusal: string,
][] = [
  [
    undefined,
    'slug:string',
    [],
    'posts.slug has no value in 1 of the rows, which not null refuses: give it a default, or fill it in this migration',
  ],
  [
    undefined,
    'slug:string:unique',
    [],
    'posts.slug has no value in 1 of the rows, which not null refuses: fill it in this migration',
  ],
  [
    'note:string:optional',
    'note:string',
    ['null'],
    'posts.note has no value in 1 of the rows, which not null refuses: give it a default, or fill it in this migration',
  ],
  [
    'note',
    'note:string:unique',
    ["'a'", "'a'", "'b'"],
    'posts.note is that of another row in 2 of the rows, which posts_note_unique refuses: change them first, or in this migration',
  ],
  [
    'note',
    'note:string:max=3',
    ["'abcd'", "'abc'", "'abcde'"],
    'posts.note is longer than 3 characters in 2 of the rows, which varchar(3) refuses',
  ],
  ['note:text', 'note:string:max=3', ["'abcd'"], 'in 1 of the rows, which varchar(3) refuses'],
  ['note:string:list', 'note:string:max=3', ["'{abcd}'"], 'which varchar(3) refuses'],
  [
    'note:string:list',
    'note:email:list',
    [`'{a,${'b'.repeat(255)}}'`, "'{a}'"],
    'posts.note is longer than 254 characters in 1 of the rows, which varchar(254)[] refuses',
  ],
  ['note:integer', 'note:string:max=3', ['1234'], 'which varchar(3) refuses'],
  [
    'note',
    'note:string:min=3',
    ["'ab'"],
    'less than 3 characters in 1 of the rows, which posts_note_check',
  ],
  [
    'note:integer',
    'note:integer:min=3',
    ['2'],
    'is less than 3 in 1 of the rows, which posts_note_check',
  ],
  [
    'note:integer',
    'note:integer:min=3:max=4',
    ['2', '5', '3'],
    'posts.note is less than 3 or is more than 4 in 2 of the rows, which posts_note_check refuses',
  ],
  [
    'note:enum:a,b',
    'note:enum:a',
    ["'b'"],
    'is none of a in 1 of the rows, which posts_note_check',
  ],
  [
    'note',
    'note:integer',
    ["'x'", "'1'", "'3000000000'"],
    'posts.note cannot be read as integer in 2 of the rows: change them first, or in this migration',
  ],
  ['note:string:list', 'note:integer', ["'{x}'", "'{}'"], 'cannot be read as integer in 1 of the'],
  ['note:string:list', 'note:integer:list', ["'{1,x}'"], 'cannot be read as integer in 1 of the'],
  ['note', 'note:date', ["'2026-01-31 10:00'", "'2026-01-31'"], 'has a time after the day in 1 of'],
  [
    'note',
    'note:number',
    ["'0.1'", "'0.30000000000000004'", "'12345678901234567.89'"],
    'has more digits than a number keeps in 1 of the rows',
  ],
  [
    'note:string:list',
    'note:datetime:list',
    ["'{2026-01-31T10:00:00.1234Z,2026-01-31T10:00:00Z}'"],
    'is more exact than milliseconds in 1 of the rows',
  ],
  [
    'note',
    'note:time',
    ["'10:30'", "'24:00'", "'10:30:00.5'", "'10:30+02'", "'2026-01-31 10:30'", "'now'"],
    'posts.note is not a time such as 10:30 in 5 of the rows',
  ],
  [
    'note:string:list',
    'note:time:list',
    ["'{10:30,24:00}'", "'{10:30}'"],
    'is not a time such as 10:30 in 1 of the rows',
  ],
  [
    'note:time',
    'note:time:min=08:00:max=18:00',
    ["'07:59:59'", "'18:00:00'", "'18:00:01'"],
    'posts.note is less than 08:00:00 or is more than 18:00:00 in 2 of the rows',
  ],
  ['note:decimal', 'note:integer', ['3000000000'], 'posts.note is out of range in 1 of the rows'],
  ['note:integer:list', 'note:integer', ["'{}'"], 'posts.note has no value in 1 of the rows'],
  [
    'note:uuid',
    'note:ref:users',
    [`'${idOf(9)}'`, `'${idOf(1)}'`],
    'posts.note_id is not the id of one of the users in 1 of the rows, which posts_note_id_foreign',
  ],
  [
    'note:uuid:optional',
    'note:ref:posts:optional',
    [`'${idOf(9)}'`, 'null', `'${idOf(1)}'`],
    'is not the id of one of the posts in 1 of the rows',
  ],
];

/** Changes of several fields, whose names and order get into each other's way. */
const together: [name: string, before: string[], after: string[], renames: [string, string][]][] = [
  [
    'two fields swap names',
    ['a:string:unique', 'b:integer:filter'],
    ['b:string:unique', 'a:integer:filter'],
    [
      ['a', 'b'],
      ['b', 'a'],
    ],
  ],
  [
    'names move up',
    ['a:integer:sort', 'b:integer:min=1'],
    ['b:integer:sort', 'c:integer:min=1'],
    [
      ['a', 'b'],
      ['b', 'c'],
    ],
  ],
  [
    'a name is given to another field',
    ['a:integer:index', 'b:string:unique'],
    ['b:integer:index'],
    [['a', 'b']],
  ],
  [
    'a name is given away and used anew',
    ['a:integer:index'],
    ['b:integer:index', 'a:string:unique:optional'],
    [['a', 'b']],
  ],
  [
    'names that are reserved',
    ['order:integer:filter', 'group:string:unique'],
    ['user:integer:filter', 'table:text:optional'],
    [['order', 'user']],
  ],
  [
    'everything of one field',
    ['a:string:optional:unique:min=2:max=9'],
    ['b:string:default=none:search:sort:max=300'],
    [['a', 'b']],
  ],
  [
    'a row of the same table',
    ['parent:ref:posts:optional'],
    ['origin:ref:posts:unique:optional'],
    [['parentId', 'originId']],
  ],
];

/** Whether values may be lost on the way there or back. */
function mayLose({ before, after, renames }: TableChange): boolean {
  const returned = new Map([...renames].map(([from, to]) => [to, from]));
  const risks = [
    ...alterTable(before, after, renames).risks,
    ...alterTable(after, before, returned).risks,
  ];
  return risks.some(({ kind }) => kind === 'loses');
}

describe.each([
  ['PostgreSQL', openPostgres],
  ['PGlite', openPGlite],
])('on %s', (_name, open) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
    await database.query("set time zone 'Pacific/Auckland'");
    await createParents(database);
  });
  afterAll(() => database.close());

  const prove = (change: TableChange, rows: readonly Record<string, string>[]) =>
    proveBothWays(database, change, rows);

  /** Two rows with values that mean something before and after. */
  function sampleRows({ before, after }: TableChange): Record<string, string>[] {
    const [field, other = field] = [before.fields[1], after.fields[1]];
    if (!field || !other) return [{}, {}];
    return [
      { [field.column]: sampleOf(field, 0, other) },
      { [field.column]: sampleOf(field, 1, other) },
    ];
  }

  const rowsOf = ({ before: { fields } }: TableChange, values: string[]) => {
    const column = fields[1]?.column;
    return column === undefined ? [{}] : values.map((value) => ({ [column]: value }));
  };

  it.each(promises)('%s becomes %s, of rows with %s', async (from, to, values, becomes, back) => {
    const change = changeOfField(from, to);
    const outcome = await prove(change, rowsOf(change, values));
    expect(outcome).toMatchObject({ values: becomes, back });
  });

  it.each(refusals)('%s does not become %s of rows with %s', async (from, to, values, refusal) => {
    const change = changeOfField(from, to);
    const outcome = await prove(change, rowsOf(change, values));
    expect(outcome.refusal).toContain(refusal);
  });

  it.each(everyField)('%s is added where it may be empty, and removed', async (field) => {
    const added = changeOfField(undefined, field);
    const isEmpty = field.includes(':optional');
    expect(await prove(added, [{}, {}])).toMatchObject(
      isEmpty
        ? { values: [null, null], back: [] }
        : { refusal: expect.stringMatching(/^posts\.note(_id)? has no value in 2 of the rows/) },
    );
    const removed = changeOfField(field, undefined);
    const { refusalBack = '', ...outcome } = await prove(removed, sampleRows(removed));
    expect(outcome.values).toEqual([]);
    if (refusalBack !== '') {
      // Nobody knows a row to refer to, or two numbers or days that are not taken.
      expect(field).toMatch(
        /:ref|:(integer|number|decimal|date|time|datetime|enum|url|email).*:unique/,
      );
      expect(refusalBack).toMatch(
        /^posts\.note(_id)? has no value in 2 of the rows.*: fill it in this migration/,
      );
    }
  });

  it.each(withDefault)('%s is added to rows with its default, and removed', async (field) => {
    const { values } = await prove(changeOfField(undefined, field), [{}, {}]);
    expect(values?.[0]).toEqual(expect.any(String));
    const removed = changeOfField(field, undefined);
    const { back } = await prove(removed, sampleRows(removed));
    expect(back).toEqual(values);
  });

  it.each([...everyConversion, ...randomPairs(1, 200)])('%s becomes %s', async (from, to) => {
    const change = changeOfField(from, to);
    const { held, back, refusalBack = '' } = await prove(change, sampleRows(change));
    if (refusalBack !== '') {
      expect(refusalBack).toMatch(/^posts\.\w+ .* in \d of the rows/);
    }
    // Where nothing was said to be lost, everything is there when it was taken back.
    if (back !== undefined && !mayLose(change)) expect(back).toEqual(held);
  });

  it.each(together)('changes several fields at once: %s', async (_what, before, after, renames) => {
    const change = {
      before: postsWith(before),
      after: postsWith(after),
      renames: new Map(renames),
    };
    expect(await prove(change, [])).toEqual(untouched);
  });

  it('renames a table, which then looks as if it was made so, and keeps its rows', async () => {
    const fields = ['slug:string:unique', 'rank:integer:min=1:sort', 'tags:string:list:filter'];
    const refs = ['user:ref:users:optional', 'parent:ref:posts:optional'];
    const manifest = manifestOf([...fields, ...refs]);
    const moved = moveEndpoint(manifest, { from: 'posts', to: 'orders' });
    const [before, after] = [
      describeResource(manifest, 'posts'),
      describeResource(moved, 'orders'),
    ];
    const shapeOf = (resource: Resource) =>
      undone(database, async () => {
        await createPosts(database, resource);
        return describeTable(database, resource.names.table);
      });
    const [shapeBefore, shapeAfter] = [await shapeOf(before), await shapeOf(after)];
    await undone(database, async () => {
      await createPosts(database, before);
      const row = { slug: "'a'", rank: '2', tags: "'{x}'", parent_id: `'${idOf(1)}'` };
      await insertPosts(database, [row]);
      const held = await database.query('select * from posts');
      expect(await attempt(database, renameTable(before, after))).toBeUndefined();
      expect(await describeTable(database, 'orders')).toEqual(shapeAfter);
      expect(await database.query('select * from orders')).toEqual(held);
      // All of its names are free for another table.
      await createPosts(database, before);
      await database.query('drop table posts');
      expect(await attempt(database, renameTable(after, before))).toBeUndefined();
      expect(await describeTable(database, 'posts')).toEqual(shapeBefore);
    });
  });

  it('gives rows an owner, and takes it away', async () => {
    const manifest = manifestOf([]);
    const before = describeResource(manifest, 'posts');
    const after = describeResource({ ...manifest, auth: 'jwt' }, 'posts');
    const change = { before, after, renames: new Map() };
    expect(await prove(change, [])).toEqual(untouched);
    const { refusal } = await prove(change, [{}]);
    expect(refusal).toBe(
      'posts.owner_id has no value in 1 of the rows, which not null refuses: fill it in this migration',
    );
  });

  const [one, two] = [idOf(1), idOf(2)].map((id) => `'${id}'`);
  const both = [idOf(1), idOf(2)];

  it.each([
    ['to a new field', [], ['author:ref:users:owner']],
    ['from a field that goes', ['author:ref:users:owner'], []],
    ['to a field of another name', ['author:ref:users:owner'], ['writer:ref:users:owner']],
  ])('keeps whose each row is, and loses nothing: %s', async (_what, before, after) => {
    const change = { before: ownedPosts(before), after: ownedPosts(after), renames: new Map() };
    expect(alterTable(change.before, change.after, change.renames).risks).toEqual([]);
    const { owner } = change.before;
    const rows = [one, two].map((id) => ({ [owner?.column ?? '']: String(id) }));
    expect(await prove(change, rows)).toEqual({ held: both, values: both, back: both });
  });

  it('gives rows to whom a field names that was there, and refuses to lose who owned them', async () => {
    const [before, after] = [['author:ref:users'], ['author:ref:users:owner']];
    const change = { before: ownedPosts(before), after: ownedPosts(after), renames: new Map() };
    const { risks } = alterTable(change.before, change.after, change.renames);
    expect(risks.map(({ kind }) => kind)).toEqual(['loses', 'hands over']);
    const rows = [{ author_id: String(one), owner_id: String(two) }];
    expect(await prove(change, rows)).toMatchObject({ values: [idOf(1)], back: [idOf(1)] });
  });

  it('leaves rows to their owner where the field that named them names nobody any more', async () => {
    const [before, after] = [
      ownedPosts(['author:ref:users:owner']),
      ownedPosts(['author:ref:users']),
    ];
    const rows = [{ author_id: String(one) }, { author_id: String(two) }];
    expect(await prove({ before, after, renames: new Map() }, rows)).toMatchObject({ back: both });
    const { up, risks } = alterTable(before, after, new Map());
    expect(risks).toEqual([]);
    const owners = await undone(database, async () => {
      await createPosts(database, before);
      await insertPosts(database, rows);
      for (const statement of up) await database.query(statement);
      return await valuesIn(database, 'owner_id');
    });
    expect(owners).toEqual(both);
  });
});
