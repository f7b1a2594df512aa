import { describe, expect, test } from 'vitest';
import { parseFields } from '../../src/manifest/field-grammar.ts';
import { parseManifest } from '../../src/manifest/manifest.ts';
import { resourceNames } from '../../src/manifest/names.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { refusal, wordsOf } from './refusal.ts';

const { rules } = stacks.express;

describe('what was typed', () => {
  test.each<[string, string]>([
    ['title:strng', '`title` has the type `strng`, which does not exist. Did you mean `string`?'],
    ['at:datetiem', 'Did you mean `datetime`?'],
    ['age:int', 'Did you mean `integer`?'],
    ['ok:Bool', 'Did you mean `boolean`?'],
    ['title:String', 'Did you mean `string`?'],
    ['shape:polygon', 'Expected one of: string, text, integer, number, decimal, boolean'],
    ['status:draft,published', 'Did you mean `status:enum:draft,published`?'],
    [
      'title:unique',
      '`title` has the modifier `unique` where its type should be. Expected the type before it, as in `title:string:unique`.',
    ],
    ['title:max=3', 'as in `title:string:max=3`.'],
    ['title:', '`title` has nothing after a colon. Expected a type there.'],
    ['title:string:', '`title` has nothing after a colon. Expected a modifier there.'],
    [
      'title:string:optinal',
      '`title` has the modifier `optinal`, which does not exist. Did you mean `optional`?',
    ],
    ['title:string:nullable', 'Did you mean `optional`?'],
    ['title:string:banana', 'Expected one of: list, optional, unique, index, min, max'],
    ['title:string:default=a:fliter', 'Did you mean `filter`?'],
    ['title:string:required', 'Every field is required unless it is `optional`: leave it out.'],
    ['title:string:optional:optional', '`title` has `optional` twice. Expected it once.'],
    ['title:string:min=1:min=2', '`title` has `min` twice.'],
    ['title:string:min', '`min` of `title` has no value. Expected a value after `=`, as in min=1.'],
    ['title:string:max=', '`max` of `title` has no value.'],
    ['title:string:default', '`default` of `title` has no value.'],
    ['title:string:optional=true', 'Expected `optional` without a value.'],
    ['Title!', '`Title!` is not a name for a field.'],
    ['1st', '`1st` is not a name for a field.'],
    [':string', 'A field has no name. Expected letters'],
    ['créé', '`créé` is not a name for a field.'],
    ['__proto__', '`__proto__` is not a name for a field.'],
    ['a__b', '`a__b` is not a name for a field.'],
    ['id', '`id` is reserved. Every row has `id`, `createdAt` and `updatedAt` already'],
    ['ID:uuid', '`id` is reserved.'],
    ['created_at:datetime', '`createdAt` is reserved.'],
    ['updatedat:datetime', '`updatedat` is reserved.'],
    ['x:ref:my!', 'The endpoint of `x` is `my!`. Expected the plural name'],
    ['x:ref', '`x` has no endpoint to refer to. Expected the plural name'],
    ['x:ref:optional', '`x` is a ref without an endpoint to refer to.'],
    ['x:enum', '`x` has no `values`. Expected values, as in enum:draft,published.'],
    ['x:enum:optional', '`x` is an enum without values.'],
    ['x:enum:', 'A value of `x` is empty.'],
    ['x:enum:a,,b', 'A value of `x` is empty.'],
  ])('%s', (text, message) => {
    const error = refusal(() => parseFields([text], rules));
    expect(error.message).toContain(message);
    const [, ...works] = wordsOf(error.command);
    expect(() => parseFields(works, rules)).not.toThrow();
  });

  test('an endpoint as a type was meant as a ref', () => {
    const users = resourceNames('users');
    const { message } = refusal(() => parseFields(['author:user'], rules, [users]));
    expect(message).toContain('Did you mean `author:ref:user`?');
  });

  test('everything at once, with a command in which it is mended', () => {
    const { problems, command } = refusal(() =>
      parseFields(
        [
          'title:strng:optinal',
          'Body!:text',
          'n:integer:min=5:max=2',
          "s:string:default=it's:required",
        ],
        rules,
      ),
    );
    expect(problems).toHaveLength(5);
    expect(command).toBe("gen endpoint posts title:string:optional 's:string:default=it'\\''s'");
  });
});

/** Rows that the grammar and a hand-edited file refuse with the same words. */
const both: Array<[text: string, json: Record<string, unknown>, message: string]> = [
  ['toString', { type: 'string' }, '`toString` is reserved by JavaScript.'],
  ['hasOwnProperty', { type: 'string' }, '`hasOwnProperty` is reserved by JavaScript.'],
  ['valueOf', { type: 'string' }, '`valueOf` is reserved by JavaScript.'],
  ['constructor', { type: 'string' }, '`constructor` is reserved by JavaScript.'],
  ['prototype', { type: 'string' }, '`prototype` is reserved by JavaScript.'],
  ['xmin', { type: 'string' }, '`xmin` is reserved by PostgreSQL.'],
  [
    'imageURL:url',
    { type: 'url' },
    '`imageURL` has several capitals in a row. Expected `imageUrl`',
  ],
  ['x:enum:a,b,a', { type: 'enum', values: ['a', 'b', 'a'] }, '`x` has the value `a` twice.'],
  [
    'x:enum:a,b!',
    { type: 'enum', values: ['a', 'b!'] },
    'A value of `x` is `b!`. Expected letters',
  ],
  ['x:enum:__proto__,b', { type: 'enum', values: ['__proto__', 'b'] }, 'reserved by JavaScript'],
  [
    'x:enum:a,b:default=c',
    { type: 'enum', values: ['a', 'b'], default: 'c' },
    'The default of `x` is `c`. Expected one of its values: a, b.',
  ],
  [
    'x:boolean:default=yes',
    { type: 'boolean', default: 'yes' },
    '`default` of `x` is `yes`. Expected true or false.',
  ],
  [
    'x:integer:default=1.5',
    { type: 'integer', default: 1.5 },
    '`default` of `x` is `1.5`. Expected a whole number',
  ],
  [
    'x:integer:default=ten',
    { type: 'integer', default: 'ten' },
    'Expected a whole number, such as 3.',
  ],
  ['x:number:default=ten', { type: 'number', default: 'ten' }, 'Expected a number, such as 1.5.'],
  [
    'x:decimal:default=1e3',
    { type: 'decimal', default: '1e3' },
    'Expected a decimal number, such as 9.90.',
  ],
  [
    'x:date:default=2026-02-31',
    { type: 'date', default: '2026-02-31' },
    'Expected a date, such as 2026-01-31.',
  ],
  ...['24:00', '10:30Z', '10:30:00.5', '9:30', 'noon'].map(
    (text): [string, Record<string, unknown>, string] => [
      `x:time:default=${text}`,
      { type: 'time', default: text },
      'Expected a time, such as 10:30 or 10:30:15.',
    ],
  ),
  ['x:time:min=8', { type: 'time', min: 8 }, '`min` of `x` is 8. Expected a value such as 10:30.'],
  [
    'x:time:min=25:00',
    { type: 'time', min: '25:00' },
    '`min` of `x` is `25:00`. Expected a time, such as 10:30 or 10:30:15.',
  ],
  [
    'x:time:list:min=08:00',
    { type: 'time', list: true, min: '08:00' },
    '`min` of `x` is 08:00. Expected a whole number of items, 0 or more.',
  ],
  [
    'x:time:min=10:30:01:max=10:30',
    { type: 'time', min: '10:30:01', max: '10:30' },
    '`x` has the min 10:30:01 and the max 10:30.',
  ],
  [
    'x:time:min=10:30:01:default=10:30',
    { type: 'time', min: '10:30:01', default: '10:30' },
    'Expected 10:30:01 or more, because of its min.',
  ],
  [
    'x:datetime:default=2026-01-31',
    { type: 'datetime', default: '2026-01-31' },
    'Expected a date with its time',
  ],
  ['x:uuid:default=1', { type: 'uuid', default: '1' }, 'Expected a UUID.'],
  [
    'x:email:default=me',
    { type: 'email', default: 'me' },
    'Expected an address, such as me@example.com.',
  ],
  [
    'x:url:default=example',
    { type: 'url', default: 'example' },
    'Expected an address, such as https://example.com.',
  ],
  [
    'x:url:default=javascript%3Aalert',
    { type: 'url', default: 'javascript:alert' },
    'Expected an address',
  ],
  [
    'x:url:default=https%3A//a.example/b c',
    { type: 'url', default: 'https://a.example/b c' },
    'Expected an address',
  ],
  [
    'x:string:default= ',
    { type: 'string', default: ' ' },
    'The default of `x` is only white space.',
  ],
  [
    'x:string:default=a\nb',
    { type: 'string', default: 'a\nb' },
    'The default of `x` has a control character.',
  ],
  [
    'x:string:min=3:default=ab',
    { type: 'string', min: 3, default: 'ab' },
    'Expected 3 characters or more, because of its min.',
  ],
  [
    'x:string:max=1:default=ab',
    { type: 'string', max: 1, default: 'ab' },
    'Expected 1 characters or less',
  ],
  [
    'x:integer:max=1:default=2',
    { type: 'integer', max: 1, default: 2 },
    'Expected 1 or less, because of its max.',
  ],
  [
    'x:decimal:min=9.5:default=9.4',
    { type: 'decimal', min: 9.5, default: '9.4' },
    'Expected 9.5 or more',
  ],
  [
    'x:json:default=1',
    { type: 'json', default: '1' },
    '`x` has the type json and cannot have `default`.',
  ],
  ['x:ref:xs:default=1', { type: 'ref', to: 'xs', default: '1' }, 'expected `optional` instead'],
  [
    'x:string:list:default=a',
    { type: 'string', list: true, default: 'a' },
    '`x` has both `list` and `default`.',
  ],
  ['x:string:min=a', { type: 'string', min: 'a' }, '`min` of `x` is `a`. Expected a number'],
  ['x:string:min=5:max=2', { type: 'string', min: 5, max: 2 }, '`x` has the min 5 and the max 2.'],
  [
    'x:string:min=-1',
    { type: 'string', min: -1 },
    'Expected a whole number of characters, 0 or more.',
  ],
  [
    'x:string:max=0',
    { type: 'string', max: 0 },
    'Expected a whole number of characters, 1 or more.',
  ],
  ['x:string:max=1.5', { type: 'string', max: 1.5 }, 'Expected a whole number of characters'],
  [
    'x:number:list:max=1.5',
    { type: 'number', list: true, max: 1.5 },
    'Expected a whole number of items',
  ],
  [
    'x:integer:min=0.5',
    { type: 'integer', min: 0.5 },
    '`min` of `x` is 0.5. Expected a whole number.',
  ],
  ['x:date:min=1', { type: 'date', min: 1 }, '`x` has a `min`, but the type date has no size.'],
  ['x:boolean:max=1', { type: 'boolean', max: 1 }, 'but the type boolean has no size.'],
  [
    'x:enum:a,b:max=1',
    { type: 'enum', values: ['a', 'b'], max: 1 },
    'but the type enum has no size',
  ],
  ['x:json:min=1', { type: 'json', min: 1 }, '`x` has the type json and cannot have `min`.'],
  [
    'x:ref:xs:max=1',
    { type: 'ref', to: 'xs', max: 1 },
    '`x` has the type ref and cannot have `max`.',
  ],
  [
    'x:string:list:unique',
    { type: 'string', list: true, unique: true },
    '`x` has both `list` and `unique`.',
  ],
  [
    'x:string:list:search',
    { type: 'string', list: true, search: true },
    '`x` has both `list` and `search`.',
  ],
  [
    'x:string:list:sort',
    { type: 'string', list: true, sort: true },
    '`x` has both `list` and `sort`.',
  ],
  ['x:json:list', { type: 'json', list: true }, 'A json field can hold a list anyway'],
  [
    'x:ref:xs:list',
    { type: 'ref', to: 'xs', list: true },
    'For many-to-many, expected a separate endpoint',
  ],
  ['x:json:unique', { type: 'json', unique: true }, 'cannot have `unique`'],
  ['x:boolean:unique', { type: 'boolean', unique: true }, 'There could be only two rows'],
  ['x:text:unique', { type: 'text', unique: true }, 'too long for an index'],
  ['x:text:index', { type: 'text', index: true }, 'too long for an index'],
  [
    'x:integer:search',
    { type: 'integer', search: true },
    'Only string, text, email and url can be searched',
  ],
  ['x:json:filter', { type: 'json', filter: true }, 'JSON values cannot be compared'],
  ['x:text:filter', { type: 'text', filter: true }, 'expected `search` instead'],
  ['x:text:sort', { type: 'text', sort: true }, 'can be too long: expected a string'],
  [
    'x:url:sort',
    { type: 'url', sort: true },
    '`x` has `sort`, but may be 2048 characters long. Sorted values are part of a URL: expected max=500 or less.',
  ],
  [
    'x:string:max=501:sort',
    { type: 'string', max: 501, sort: true },
    '`x` has `sort`, but may be 501 characters long.',
  ],
  ['x:json:sort', { type: 'json', sort: true }, 'JSON values have no order'],
  ['x:ref:xs:sort', { type: 'ref', to: 'xs', sort: true }, 'The order of ids has no meaning'],
  ['x:uuid:sort', { type: 'uuid', sort: true }, 'The order of ids has no meaning'],
  [
    'x:string:private:filter',
    { type: 'string', private: true, filter: true },
    '`x` has both `private` and `filter`.',
  ],
  [
    'x:string:private:sort',
    { type: 'string', private: true, sort: true },
    '`x` has both `private` and `sort`.',
  ],
  [
    'x:string:private:search',
    { type: 'string', private: true, search: true },
    '`x` has both `private` and `search`.',
  ],
  [
    'x:string:self:filter',
    { type: 'string', self: true, filter: true },
    '`x` has both `self` and `filter`.',
  ],
  [
    'x:integer:self:sort',
    { type: 'integer', self: true, sort: true },
    'Others could find out its values by asking for them',
  ],
  [
    'x:string:self:search',
    { type: 'string', self: true, search: true },
    '`x` has both `self` and `search`.',
  ],
  [
    'x:string:self:private',
    { type: 'string', private: true, self: true },
    'Nobody sees a private field anyway: leave `self` out.',
  ],
  [
    'x:string:readonly',
    { type: 'string', readonly: true },
    'Expected `optional` or a default as well.',
  ],
  [
    'x:string:optional:default=a',
    { type: 'string', optional: true, default: 'a' },
    'A field with a default may be left out anyway',
  ],
  [
    'x:string:unique:default=a',
    { type: 'string', unique: true, default: 'a' },
    'A second row with the default would be refused',
  ],
];

describe('typed or edited by hand', () => {
  test.each(both)('%s', (text, json, message) => {
    const [name = ''] = text.split(':');
    const typed = refusal(() => parseFields([text], rules));
    const edited = refusal(() =>
      parseManifest(manifestWith({ [name]: json }), 'backend.json', stacks),
    );
    const at = `backend.json, endpoints.xs.fields.${name}: `;
    expect(typed.message).toContain(message);
    expect(
      edited.problems.map(({ found, expected }) => `${found.replace(at, '')} ${expected}`),
    ).toEqual(typed.problems.map(({ found, expected }) => `${found} ${expected}`));
  });

  test.each<[string, unknown, string]>([
    ['no type', {}, '`x` has no type.'],
    [
      'no object',
      'string',
      '`x` is not an object. Expected an object, such as { "type": "string" }.',
    ],
    [
      'false',
      { type: 'string', list: false },
      '`list` of `x` is `false`. Expected true, or no such key.',
    ],
    ['an unknown key', { type: 'string', optinal: true }, 'Did you mean `optional`?'],
    ['an unknown type', { type: 'strng' }, 'Did you mean `string`?'],
    ['no values', { type: 'enum', values: [] }, '`x` has no `values`.'],
    [
      'a number among the values',
      { type: 'enum', values: ['a', 1] },
      'A value of `x` is `1`. Expected a string.',
    ],
    ['a bad name', { type: 'string' }, ''],
  ])('only in a file: %s', (_, json, message) => {
    const fields = message === '' ? { placed_at: json } : { x: json };
    const error = refusal(() => parseManifest(manifestWith(fields), 'backend.json', stacks));
    expect(error.message).toContain(message || '`placed_at` is not a name for a field.');
  });

  test('a ref is not called after its id', () => {
    const fields = { userId: { type: 'ref', to: 'xs', optional: true } };
    const { message } = refusal(() => parseManifest(manifestWith(fields), 'backend.json', stacks));
    expect(message).toContain(
      '`userId` is a ref, so it would be `userIdId` in JSON. Expected `user`.',
    );
  });
});

describe('between fields', () => {
  test.each<[string[], string]>([
    [['a', 'a:text'], '`a` is given twice. Expected each field once.'],
    [['placedAt:date', 'placed_at:date'], '`placedAt` is given twice.'],
    [['fooBar', 'foobar'], '`fooBar` and `foobar` differ only in upper and lower case.'],
    [
      ['author:ref:users', 'authorId:uuid'],
      '`author` and `authorId` would both be `authorId` in JSON.',
    ],
    [
      ['authorId:uuid', 'author:ref:users'],
      '`authorId` and `author` would both be `authorId` in JSON.',
    ],
    [['author', 'author:ref:users'], '`author` is given twice.'],
    [['limit:integer:filter'], '`limit` has a filter, but every list has `?limit=` already.'],
    [['cursor:string:filter'], '`?cursor=` already'],
    [['page:integer:filter'], '`?page=` already'],
    [['perPage:integer:filter'], '`?perPage=` already'],
    [['search:string:filter'], '`?search=` already'],
    [['sort_by:string:filter'], '`?sortBy=` already'],
    [['sortOrder:string:filter'], '`?sortOrder=` already'],
    [
      ['price:decimal:filter', 'minPrice:decimal:filter'],
      'The filters of `price` and `minPrice` would both be `?minPrice=`.',
    ],
    [['max_price:string:filter', 'price:integer:filter'], 'would both be `?maxPrice=`.'],
  ])('%s', (texts, message) => {
    const error = refusal(() => parseFields(texts, rules));
    expect(error.problems).toHaveLength(1);
    expect(error.message).toContain(message);
    const [, ...works] = wordsOf(error.command);
    expect(() => parseFields(works, rules)).not.toThrow();
  });

  test.each([
    ['limit:integer', 'page:integer'],
    ['price:decimal:filter', 'minPrice:decimal'],
    ['price:decimal', 'minPrice:decimal:filter'],
  ])('but not %s and %s', (...texts) => {
    expect(() => parseFields(texts, rules)).not.toThrow();
  });
});

function manifestWith(fields: Record<string, unknown>): string {
  const base = { name: 'x', stack: 'express', auth: 'none', packageManager: 'npm' };
  return JSON.stringify({ ...base, endpoints: { xs: { singular: 'x', fields } } });
}
