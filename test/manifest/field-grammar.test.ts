import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/manifest/errors.ts';
import type { Field } from '../../src/manifest/field.ts';
import {
  columnName,
  fieldColumn,
  fieldJsonName,
  filterParameters,
} from '../../src/manifest/field.ts';
import { formatField, parseFields } from '../../src/manifest/field-grammar.ts';
import { resourceNames } from '../../src/manifest/names.ts';
import { type FieldType, fieldTypes, typeRow } from '../../src/manifest/type-table.ts';
import { stacks } from '../../src/stacks/stacks.ts';

const { rules } = stacks.express;

describe('a field that is typed', () => {
  test.each<[string, string, Field]>([
    ['title', 'title', { type: 'string' }],
    ['title:string', 'title', { type: 'string' }],
    ['title:string:max=200:search', 'title', { type: 'string', max: 200, search: true }],
    ['body:text:optional', 'body', { type: 'text', optional: true }],
    ['stock:integer:min=-5:default=0', 'stock', { type: 'integer', min: -5, default: 0 }],
    ['weight:number:default=1.5', 'weight', { type: 'number', default: 1.5 }],
    ['price:decimal:default=9.90:min=0.5', 'price', { type: 'decimal', default: '9.90', min: 0.5 }],
    ['active:boolean:default=false', 'active', { type: 'boolean', default: false }],
    ['active:boolean:default=true', 'active', { type: 'boolean', default: true }],
    ['day:date:default=2026-01-31', 'day', { type: 'date', default: '2026-01-31' }],
    [
      'opens:time:min=08:00:max=18:00:30:default=10:30:sort',
      'opens',
      { type: 'time', min: '08:00', max: '18:00:30', default: '10:30', sort: true },
    ],
    ['slots:time:list:min=1:max=3', 'slots', { type: 'time', list: true, min: 1, max: 3 }],
    [
      'at:datetime:default=2026-01-31T12:00:00Z:sort',
      'at',
      { type: 'datetime', default: '2026-01-31T12:00:00Z', sort: true },
    ],
    ['key:uuid:unique', 'key', { type: 'uuid', unique: true }],
    ['email:email:unique:private', 'email', { type: 'email', unique: true, private: true }],
    [
      'site:url:default=https://example.com:8080/a:filter',
      'site',
      { type: 'url', default: 'https://example.com:8080/a', filter: true },
    ],
    ['extra:json:optional', 'extra', { type: 'json', optional: true }],
    ['status:enum:draft,published', 'status', { type: 'enum', values: ['draft', 'published'] }],
    [
      'level:enum:1,2,3:default=2',
      'level',
      { type: 'enum', values: ['1', '2', '3'], default: '2' },
    ],
    ['tags:string:list:max=5:filter', 'tags', { type: 'string', list: true, max: 5, filter: true }],
    ['name:string:default=', 'name', { type: 'string', default: '' }],
    ['name:string:default=12', 'name', { type: 'string', default: '12' }],
    ['name:string:default=a=b', 'name', { type: 'string', default: 'a=b' }],
    ['name:string:default=a%3Ab', 'name', { type: 'string', default: 'a:b' }],
    [
      'score:integer:optional:readonly',
      'score',
      { type: 'integer', optional: true, readonly: true },
    ],
    ['author:ref:users', 'author', { type: 'ref', to: 'users' }],
    ['author:ref:user', 'author', { type: 'ref', to: 'users' }],
    ['authorId:ref:users', 'author', { type: 'ref', to: 'users' }],
    ['author_id:ref:users', 'author', { type: 'ref', to: 'users' }],
    ['post:ref:blog-posts:filter', 'post', { type: 'ref', to: 'blogPosts', filter: true }],
    ['placed_at:date', 'placedAt', { type: 'date' }],
    ['placed-at:date', 'placedAt', { type: 'date' }],
    ['PLACED_AT:date', 'placedAt', { type: 'date' }],
    ['PlacedAt:date', 'placedAt', { type: 'date' }],
    ['address_2', 'address2', { type: 'string' }],
    ['class', 'class', { type: 'string' }],
    ['default:boolean', 'default', { type: 'boolean' }],
    ['type:enum:a,b', 'type', { type: 'enum', values: ['a', 'b'] }],
  ])('%s', (text, name, field) => {
    expect(parseFields([text], rules)).toEqual({ [name]: field });
  });

  test('refers to an endpoint by whichever name it has', () => {
    const staff = resourceNames('staff', 'colleague');
    expect(parseFields(['boss:ref:colleague'], rules, [staff])).toEqual({
      boss: { type: 'ref', to: 'staff' },
    });
  });

  test('keeps its place among the others', () => {
    expect(Object.keys(parseFields(['title', 'body:text', 'author:ref:users'], rules))).toEqual([
      'title',
      'body',
      'author',
    ]);
  });
});

describe('names', () => {
  test.each([
    ['title', 'title'],
    ['placedAt', 'placed_at'],
    ['address2', 'address2'],
    ['isVip', 'is_vip'],
    ['planB', 'plan_b'],
    ['isATest', 'is_a_test'],
  ])('%s is the column %s', (name, column) => {
    expect(columnName(name)).toBe(column);
    expect(parseFields([column], rules)).toHaveProperty(name);
  });

  test('a ref is an id in JSON and in the table', () => {
    expect(fieldJsonName('author', { type: 'ref' })).toBe('authorId');
    expect(fieldColumn('author', { type: 'ref' })).toBe('author_id');
    expect(fieldColumn('placedAt', { type: 'date' })).toBe('placed_at');
  });

  test.each<[string, string[]]>([
    ['title', []],
    ['title:string:filter', ['title']],
    ['price:decimal:filter', ['price', 'minPrice', 'maxPrice']],
    ['placedAt:date:filter', ['placedAt', 'minPlacedAt', 'maxPlacedAt']],
    ['opens:time:filter', ['opens', 'minOpens', 'maxOpens']],
    ['scores:integer:list:filter', ['scores']],
    ['author:ref:users:filter', ['authorId']],
  ])('%s adds its parameters to the list', (text, parameters) => {
    const [[name, field] = ['', undefined]] = Object.entries(parseFields([text], rules));
    expect(field && filterParameters(name, field)).toEqual(parameters);
  });
});

describe('a field as text', () => {
  const texts = [
    '',
    'a b',
    'a:optional',
    'a:12',
    'x%3Ay',
    '%',
    '%25',
    '%253A',
    '::',
    '/:/',
    "it's",
  ];
  const flags = 'list optional unique index search filter sort private self readonly'.split(' ');
  /** Beside the example that each type has. */
  const presets: Partial<Record<FieldType, string[]>> = {
    string: texts.map((text) => text.replace(/%(?=3a|25)/gi, '%25').replaceAll(':', '%3A')),
    integer: ['0', '-3'],
    number: ['1e+21', '0'],
    decimal: ['0', '-9.90'],
    boolean: ['false'],
    datetime: ['2026-01-31T12:00:00+02:00'],
    url: ['https://example.com:80/a:b?c=%3A', 'http://localhost:3000'],
    enum: ['published'],
  };

  /** Every field of up to three modifiers that is accepted. */
  function* everyField(): Generator<Record<string, Field>> {
    for (const type of fieldTypes) {
      const { argument, example } = typeRow(type);
      const values = [...(presets[type] ?? []), ...(example === undefined ? [] : [example])];
      const words = [...flags, 'min=1', 'max=40', ...values.map((value) => `default=${value}`)];
      const typed = argument === undefined ? type : `${type}:${argument.example}`;
      for (const [first, one] of ['', ...words].entries()) {
        for (const [second, two] of ['', ...words].entries()) {
          if (second > first) continue;
          for (const three of ['', ...words].slice(0, second + 1)) {
            const text = ['name', typed, one, two, three].filter((word) => word !== '').join(':');
            const fields = accepted(text);
            if (fields !== undefined) yield fields;
          }
        }
      }
    }
  }

  function accepted(text: string): Record<string, Field> | undefined {
    try {
      return parseFields([text], rules);
    } catch (error) {
      if (error instanceof UserError) return undefined;
      throw error;
    }
  }

  test('parses to the field that it was made from', () => {
    const all = [...everyField()];
    const formatted = all.map((fields) => {
      return Object.entries(fields).map(([name, field]) => formatField(name, field));
    });
    expect(formatted.map((each) => parseFields(each, rules))).toEqual(all);
    expect(all.length).toBeGreaterThan(1000);
  });

  test.each(texts)('keeps the default %j', (value) => {
    const field: Field = { type: 'string', default: value, filter: true };
    expect(parseFields([formatField('name', field)], rules)).toEqual({ name: field });
  });

  test.each([
    ['title', 'title:string'],
    ['author_id:ref:user:optional', 'author:ref:users:optional'],
    ['s:enum:a,b:default=a:filter', 's:enum:a,b:filter:default=a'],
    ['at:datetime:default=2026-01-31T12:00:00Z', 'at:datetime:default=2026-01-31T12:00:00Z'],
  ])('%s is printed in one way', (typed, printed) => {
    const texts = Object.entries(parseFields([typed], rules)).map(([name, field]) =>
      formatField(name, field),
    );
    expect(texts).toEqual([printed]);
  });
});
