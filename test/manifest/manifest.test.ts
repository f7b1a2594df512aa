import { describe, expect, test } from 'vitest';
import { formatManifest } from '../../src/manifest/format-manifest.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { addEndpoint, manifestJsonSchema, parseManifest } from '../../src/manifest/manifest.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { refusal } from './refusal.ts';

const base = { name: 'my-api', stack: 'express', auth: 'none', packageManager: 'npm' };
const text = { type: 'string' };
const user = { type: 'ref', to: 'users' };
const users = { fields: { name: text } };

const whole: Manifest = {
  $schema: './backend.schema.json',
  name: 'my-api',
  stack: 'express',
  auth: 'none',
  basePath: '/api/v1',
  packageManager: 'pnpm',
  endpoints: {
    users: { fields: { name: { type: 'string' } }, pagination: 'cursor' },
    news: {
      singular: 'newsPiece',
      fields: {
        zebra: { type: 'enum', values: ['a', 'b'], filter: true, default: 'a' },
        author: { type: 'ref', to: 'users' },
      },
      pagination: 'offset',
      only: ['list', 'get'],
      under: 'users',
    },
  },
};

describe('the text of a manifest', () => {
  test('is stable and leaves out what is the default', () => {
    expect(formatManifest(whole)).toBe(`{
  "$schema": "./backend.schema.json",
  "name": "my-api",
  "stack": "express",
  "auth": "none",
  "basePath": "/api/v1",
  "packageManager": "pnpm",
  "endpoints": {
    "news": {
      "singular": "newsPiece",
      "fields": {
        "zebra": {
          "type": "enum",
          "values": ["a", "b"],
          "filter": true,
          "default": "a"
        },
        "author": {
          "type": "ref",
          "to": "users"
        }
      },
      "pagination": "offset",
      "only": ["list", "get"],
      "under": "users"
    },
    "users": {
      "fields": {
        "name": {
          "type": "string"
        }
      }
    }
  }
}
`);
  });

  test('parses to the same manifest', () => {
    expect(parseManifest(formatManifest(whole), 'backend.json', stacks)).toEqual(whole);
  });

  test('has keys in one order, whatever the order they came in', () => {
    const { endpoints, packageManager, ...rest } = whole;
    const shuffled: Manifest = { endpoints, packageManager, ...rest };
    expect(formatManifest(shuffled)).toBe(formatManifest(whole));
    const field = { default: 'a', type: 'string', max: 2 };
    const parsed = parse({ endpoints: { posts: { fields: { title: field } } } });
    expect(JSON.stringify(parsed.endpoints.posts?.fields.title)).toBe(
      '{"type":"string","max":2,"default":"a"}',
    );
  });

  test('says what is above the project in one order, each once', () => {
    const parsed = parse({ above: ['linter', 'workspace', 'linter'] });
    expect(formatManifest(parsed)).toContain('\n  "above": ["workspace", "linter"],\n');
    expect(formatManifest(parse({}))).not.toContain('above');
  });

  test.each([[[]], [['biome']], ['workspace'], [{}]])('refuses %j as above', (above) => {
    const { problems } = refusal(() => parse({ above }));
    expect(problems[0]?.found).toContain('above');
    expect(problems[0]?.expected).toBe('Expected some of: repository, workspace, linter.');
  });

  test('breaks a list that is too long for a line', () => {
    const values = Array.from({ length: 20 }, (_, place) => `value${place}`);
    const parsed = parse({ endpoints: { posts: { fields: { x: { type: 'enum', values } } } } });
    expect(formatManifest(parsed)).toContain('"values": [\n            "value0",\n');
    expect(parseManifest(formatManifest(parsed), 'backend.json', stacks)).toEqual(parsed);
  });
});

describe('what is left out', () => {
  test('gets its default', () => {
    expect(parse({})).toEqual({ ...base, basePath: '/api', endpoints: {} });
    expect(parse({ endpoints: { users } }).endpoints.users?.pagination).toBe('cursor');
  });

  test.each([
    [
      ['delete', 'list', 'list'],
      ['list', 'delete'],
    ],
    [['list', 'get', 'create', 'replace', 'update', 'delete'], undefined],
  ])('only %j is read as %j', (only, read) => {
    expect(parse({ endpoints: { users: { ...users, only } } }).endpoints.users?.only).toEqual(read);
  });

  test('a singular that is the usual one is no answer', () => {
    const parsed = parse({ endpoints: { users: { ...users, singular: 'user' } } });
    expect(parsed.endpoints.users).not.toHaveProperty('singular');
  });

  test('a byte order mark and a scope are fine', () => {
    const json = `\uFEFF${JSON.stringify({ ...base, name: '@acme/api' })}`;
    expect(parseManifest(json, 'backend.json', stacks).name).toBe('@acme/api');
  });
});

describe('refused as JSON', () => {
  test.each([
    ['', 'Line 1, column 1 is the end of the file. Expected a value.'],
    ['{\n  "a": 1,\n}', 'Line 2, column 9 is `,`. Expected no comma before `}`.'],
    ['[1,]', 'Line 1, column 3 is `,`. Expected no comma before `]`.'],
    ['{"a" 1}', 'Line 1, column 6 is `1`. Expected `:`.'],
    ["{'a': 1}", "Line 1, column 2 is `'`. Expected a key in double quotes."],
    ['{\n  // hi\n}', 'Line 2, column 3 is a comment. JSON has no comments.'],
    ['{"a":tru}', 'Line 1, column 6 is `tru`. Expected a value.'],
    ['{"a":"x\ny"}', 'Line 1, column 6 is `"x`. Expected a string that ends on its line.'],
    ['{"a":1', 'Line 1, column 7 is the end of the file. Expected `,` or `}`.'],
    ['{"a":1 "b"', 'Line 1, column 8 is `"b"`. Expected `,` or a closing bracket.'],
    ['{}}', 'Line 1, column 3 is `}`. Expected the end of the file.'],
    ['{"a":01}', 'Line 1, column 7 is `1`. Expected `,` or a closing bracket.'],
    ['{"a":1,\n"a":2}', 'Line 2, column 1 has "a" a second time. Expected each key once.'],
    ['{}\n<<<<<<< HEAD\n', 'Line 2, column 1 has a conflict marker.'],
  ])('%j', (json, message) => {
    const error = refusal(() => parseManifest(json, 'backend.json', stacks));
    expect(error.message).toBe(
      `backend.json: ${message}${message.endsWith('marker.') ? ' Expected conflicts to be resolved by hand; `gen apply` then updates the other files.' : ''}`,
    );
    expect(error.command).toBe('git diff backend.json');
  });

  test('agrees with JSON.parse on what is JSON', () => {
    const texts = ['1', '-0.5e+3', '"\\u00e9\\n"', '[]', ' { } ', '[1, [2], {"a": null}]', '"é😀"'];
    const errors = texts.map((json) => refusal(() => parseManifest(json, 'x', stacks)).message);
    expect(errors.filter((message) => message.includes('Line'))).toEqual([]);
    const wrong = [
      '+1',
      '.5',
      '1.',
      'nul',
      '"\\x"',
      '"\t"',
      '[1 2]',
      '{"a":}',
      '{1:2}',
      'undefined',
    ];
    for (const json of wrong) {
      expect(() => JSON.parse(json)).toThrow();
      expect(refusal(() => parseManifest(json, 'x', stacks)).message).toContain('Line 1');
    }
  });
});

describe('refused as a manifest', () => {
  test.each<[string, unknown, string]>([
    ['null', null, 'backend.json: It is null. Expected an object.'],
    ['a list', [], 'backend.json: It is []. Expected an object.'],
    [
      'an unknown stack',
      { ...base, stack: 'fastify' },
      'backend.json, stack: It is "fastify". Expected "express" or "fastapi".',
    ],
    ['no name', { ...base, name: undefined }, 'backend.json, name: It is missing.'],
    [
      'a bad name',
      { ...base, name: 'My API' },
      'backend.json, name: It is "My API". Expected the name of an npm package',
    ],
    [
      'an unknown key',
      { ...base, endpoint: {} },
      'There is no setting `endpoint`. Did you mean `endpoints`?',
    ],
    ['an odd key', { ...base, banana: 1 }, 'Expected only: $schema, name, stack, auth'],
    [
      'a base path',
      { ...base, basePath: '/API/' },
      'backend.json, basePath: It is "/API/". Expected a path in lowercase letters',
    ],
    [
      'a base path of its own routes',
      { ...base, basePath: '/health' },
      'backend.json, basePath: It is "/health". Expected a path in lowercase letters',
    ],
    [
      'a package manager',
      { ...base, packageManager: 'nmp' },
      'Expected "npm" or "pnpm" or "yarn" or "bun".',
    ],
    [
      'the name of a service',
      { ...base, services: { Payments: {} } },
      'backend.json, services.Payments: `Payments` cannot be its name. Expected a name in camelCase',
    ],
    [
      'endpoints as a list',
      { ...base, endpoints: [] },
      'backend.json, endpoints: It is []. Expected an object.',
    ],
  ])('%s', (_, value, message) => {
    expect(
      refusal(() => parseManifest(JSON.stringify(value), 'backend.json', stacks)).message,
    ).toContain(message);
  });

  test('only for what is wrong, where accounts are there', () => {
    const users = { fields: { email: 'built-in', role: 'built-in', disabled: 'built-in' } };
    const { message } = refusal(() =>
      parseManifest(
        JSON.stringify({ ...base, auth: 'jwt', agents: ['claude'], endpoints: { users } }),
        'backend.json',
        stacks,
      ),
    );
    expect(message.split('backend.json, ').slice(1)).toEqual([
      expect.stringMatching(/^agents\[0\]: It is "claude"/),
    ]);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['no object', { users: 1 }, 'endpoints.users: It is 1. Expected an object.'],
    ['no fields', { users: { fields: {} } }, 'endpoints.users.fields: `users` has no fields.'],
    ['fields are missing', { users: {} }, 'endpoints.users.fields: It is missing.'],
    [
      'a name in capitals',
      { Users: users },
      'endpoints.Users: `Users` is not a name in camelCase. Expected `users`.',
    ],
    ['a name in kebab case', { 'blog-posts': users }, 'Expected `blogPosts`.'],
    ['an odd name', { 'a b!': users }, 'endpoints["a b!"]: `a b!` is not a name'],
    ['a kept name', { docs: users }, 'Expected another name, such as `documents`.'],
    ['a word of TypeScript', { class: users }, 'Expected a noun, such as `classes`.'],
    [
      'one word for two',
      { posts: { ...users, singular: 'posts' } },
      'The plural and the singular are both `posts`.',
    ],
    [
      'pagination',
      { users: { ...users, pagination: 'pages' } },
      'endpoints.users.pagination: It is "pages". Expected "cursor" or "offset".',
    ],
    [
      'an unknown operation',
      { users: { ...users, only: ['lst'] } },
      'endpoints.users.only[0]: It is "lst". Expected some of: list, get',
    ],
    [
      'no operation',
      { users: { ...users, only: [] } },
      'endpoints.users.only: It is []. Expected some of',
    ],
    [
      'fields that collide',
      { users: { fields: { a: text, A: text } } },
      '`A` is not a name for a field.',
    ],
    [
      'fields alike',
      { users: { fields: { ab: text, aB: text } } },
      'endpoints.users.fields: `ab` and `aB` differ only in upper and lower case.',
    ],
    [
      'a ref to nothing',
      { users, posts: { fields: { a: { type: 'ref', to: 'usrs' } } } },
      'endpoints.posts.fields.a: `a` refers to `usrs`, which does not exist. Did you mean `users`?',
    ],
    [
      'a ref far off',
      { users, posts: { fields: { a: { type: 'ref', to: 'things' } } } },
      'Expected one of: `users`, `posts`.',
    ],
    [
      'a ref to JavaScript',
      { users: { fields: { a: { type: 'ref', to: 'constructor' } } } },
      '`a` refers to `constructor`, which does not exist.',
    ],
    [
      'a required ref to itself',
      { users: { fields: { boss: user } } },
      '`boss` refers to `users` itself and is required, so no first row could be created. Expected `optional`, as in boss:ref:users:optional.',
    ],
    [
      'under nothing',
      { users: { ...users, under: 'things' } },
      'endpoints.users.under: `users` is under `things`, which does not exist.',
    ],
    ['under itself', { users: { ...users, under: 'users' } }, '`users` is under itself.'],
    [
      'under without a ref',
      { users, posts: { ...users, under: 'users' } },
      'endpoints.posts.under: `posts` is under `users`, but has no ref to it. Expected a field such as user:ref:users.',
    ],
    [
      'under with several refs',
      { users, posts: { fields: { a: user, b: user }, under: 'users' } },
      '`posts` is under `users`, but has several refs to it: a, b.',
    ],
    [
      'under without its operations',
      { users, posts: { fields: { a: user }, under: 'users', only: ['get'] } },
      '`posts` is under `users`, but has only get.',
    ],
    [
      'one name for two',
      { news: users, newsItems: users },
      'endpoints.newsItems: `news` and `newsItems` would both use the name `newsItem`.',
    ],
    [
      'one name for two bodies, one of them below a parent',
      { users, posts: { fields: { a: user }, under: 'users' }, postOfUsers: users },
      '`posts` and `postOfUsers` would both use the name `createPostOfUser`.',
    ],
    [
      'long names',
      { someVeryLongNamesOfManyThings: { fields: { anotherVeryLongNameOfAThing: text } } },
      'are too long together for the names of indexes. Expected 14 characters fewer.',
    ],
  ])('%s', (_, endpoints, message) => {
    expect(refusal(() => parse({ endpoints })).message).toContain(message);
  });

  test('names that JavaScript has already', () => {
    const json = `{"__proto__":{"fields":{"a":{"type":"string"}}},"posts":{"fields":{"__proto__":{"type":"string"}}}}`;
    const { message } = refusal(() => parse({ endpoints: JSON.parse(json) }));
    expect(message).toContain('endpoints.__proto__: `__proto__` is not a name in camelCase.');
    expect(message).toContain('endpoints.posts.fields.__proto__: `__proto__` is not a name');
  });

  test('endpoints that need each other', () => {
    const ref = (to: string, optional?: true) => ({ fields: { x: { type: 'ref', to, optional } } });
    const endpoints = { as: ref('bs'), bs: ref('cs'), cs: ref('as') };
    const { problems } = refusal(() => parse({ endpoints }));
    expect(problems).toEqual([
      {
        found:
          'backend.json, endpoints.as: as → bs → cs → as require each other, so no first row could be created.',
        expected: 'Expected one of these refs to be `optional`.',
      },
    ]);
    expect(parse({ endpoints: { ...endpoints, cs: ref('as', true) } })).toBeDefined();
  });

  test('everything at once', () => {
    const { problems } = refusal(() =>
      parse({
        stack: 'x',
        endpoints: {
          docs: users,
          posts: {
            fields: { a: { type: 'strng' }, b: { type: 'ref', to: 'usrs' } },
            under: 'users',
          },
          users,
        },
      }),
    );
    expect(problems.map(({ found }) => found.split(':')[0])).toEqual([
      'backend.json, stack',
      'backend.json, endpoints.docs',
      'backend.json, endpoints.posts.fields.a',
      'backend.json, endpoints.posts.fields.b',
    ]);
  });
});

test('an endpoint is added without touching the manifest', () => {
  const before = parse({ endpoints: { users } });
  const after = addEndpoint(before, 'tags', {
    fields: { name: { type: 'string' } },
    pagination: 'cursor',
  });
  expect(Object.keys(after.endpoints)).toEqual(['users', 'tags']);
  expect(Object.keys(before.endpoints)).toEqual(['users']);
});

describe('the JSON Schema', () => {
  const schema = JSON.stringify(manifestJsonSchema(stacks));

  test.each([
    '"title":"backend.json"',
    '"required":["name","stack","auth","packageManager"]',
    '"const":"datetime"',
    '"enum":["cursor","offset"]',
    '"additionalProperties":false',
    'The endpoints by their plural names in camelCase.',
  ])('holds %s', (part) => {
    expect(schema).toContain(part);
  });
});

function parse(answers: Record<string, unknown>): Manifest {
  return parseManifest(JSON.stringify({ ...base, ...answers }), 'backend.json', stacks);
}
