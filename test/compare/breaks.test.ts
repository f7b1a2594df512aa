import { describe, expect, it } from 'vitest';
import { breaksOf } from '../../src/compare/breaks.ts';
import { readDocument } from '../../src/compare/document.ts';
import { operationRules } from '../../src/compare/operation-rules.ts';
import { shapeRules } from '../../src/compare/shape-rules.ts';

type Json = Record<string, unknown>;

const json = (schema: unknown) => ({ 'application/json': { schema } });
const documentOf = (operation: Json, more: Json = {}) => ({
  openapi: '3.1.0',
  servers: [{ url: './api' }],
  paths: { '/posts': { post: operation } },
  ...more,
});
const request = (schema: unknown) => ({
  requestBody: { required: true, content: json(schema) },
  responses: { 204: {} },
});
const answer = (schema: unknown) => ({ responses: { 200: { content: json(schema) } } });

const breaks = (before: Json, after: Json) => breaksOf(readDocument(before), readDocument(after));
const told = (before: Json, after: Json) =>
  breaks(before, after).map(({ rule, at, subject, what }) => [rule, at, `${subject} ${what}`]);

const object = (properties: Json, more: Json = {}) => ({ type: 'object', properties, ...more });
const title = { title: { type: 'string' } };

/** Before, after, the place and what is said of it: of requests and of answers. */
const requests: Record<string, [before: Json, after: Json, at: string, says: string][]> = {
  'request-property-removed': [
    [object(title), object({}), 'body title', 'title is not taken any more'],
    [
      { type: 'array', items: object({ data: object(title) }) },
      { type: 'array', items: object({ data: object({}) }) },
      'body [].data.title',
      'title is not taken any more',
    ],
  ],
  'request-property-required': [
    [object(title), object(title, { required: ['title'] }), 'body title', 'title is required now'],
    [object({}), object(title, { required: ['title'] }), 'body title', 'title is required now'],
  ],
  'request-other-properties-refused': [
    [
      object(title),
      object(title, { additionalProperties: false }),
      'body',
      'the body takes only the fields it names now',
    ],
  ],
  'request-value-removed': [
    [{ enum: ['a', 'b'] }, { enum: ['a'] }, 'body', 'the body does not take "b" any more'],
    [{ enum: ['a', 'b'] }, { const: 'a' }, 'body', 'the body does not take "b" any more'],
  ],
  'request-values-limited': [
    [
      { type: 'string' },
      { type: 'string', enum: ['a', 'b'] },
      'body',
      'the body takes only "a", "b" now',
    ],
  ],
  'request-bound-narrowed': [
    [
      object({ title: { type: 'string', maxLength: 255 } }),
      object({ title: { type: 'string', maxLength: 20 } }),
      'body title',
      'title takes a length of at most 20 now (before: 255)',
    ],
    [
      { type: 'string' },
      { type: 'string', minLength: 1 },
      'body',
      'the body takes a length of at least 1 now',
    ],
    [
      { type: 'integer' },
      { type: 'integer', exclusiveMinimum: 0 },
      'body',
      'the body takes more than 0 now',
    ],
    [
      { type: 'array', maxItems: 5 },
      { type: 'array', maxItems: 4 },
      'body',
      'the body takes at most 4 items now (before: 5)',
    ],
  ],
  'request-pattern-added': [
    [
      { type: 'string' },
      { type: 'string', allOf: [{ pattern: '\\S' }] },
      'body',
      'the body has to match `\\S` now',
    ],
  ],
  'request-format-added': [
    [
      { type: 'string' },
      { type: 'string', format: 'date' },
      'body',
      'the body has to have the format date now',
    ],
  ],
  'request-type-removed': [
    [
      { type: ['string', 'null'] },
      { type: 'string' },
      'body',
      'the body does not take null any more',
    ],
    [
      { anyOf: [{ type: 'string', minLength: 1 }, { type: 'null' }] },
      { type: 'string', minLength: 1 },
      'body',
      'the body does not take null any more',
    ],
    [
      { type: 'number' },
      { type: 'integer' },
      'body',
      'the body does not take a number with a fraction any more',
    ],
    [{}, { type: 'string' }, 'body', 'the body does not take any value any more'],
  ],
};

const answers: typeof requests = {
  'answer-property-removed': [
    [object(title), object({}), '200 title', 'title is not sent any more'],
  ],
  'answer-property-optional': [
    [
      object(title, { required: ['title'] }),
      object(title),
      '200 title',
      'title may be left out now',
    ],
  ],
  'answer-value-added': [[{ enum: ['a'] }, { enum: ['a', 'b'] }, '200', '200 may be "b" now']],
  'answer-values-unlimited': [
    [
      object({ a: { type: 'string', enum: ['a', 'b'] } }),
      object({ a: { type: 'string' } }),
      '200 a',
      'a may be another value than "a", "b" now',
    ],
  ],
  'answer-format-removed': [
    [
      { type: 'string', format: 'date' },
      { type: 'string' },
      '200',
      '200 has not the format date any more',
    ],
  ],
  'answer-type-added': [
    [
      object({ a: { type: 'string' } }),
      object({ a: { type: ['string', 'null'] } }),
      '200 a',
      'a may be null now',
    ],
    [{ type: 'integer' }, { type: 'number' }, '200', '200 may be a number with a fraction now'],
  ],
};

describe.each(Object.entries(requests))('%s', (rule, rows) => {
  it.each(rows)('%j to %j', (before, after, at, says) => {
    expect(told(documentOf(request(before)), documentOf(request(after)))).toEqual([
      [rule, at, says],
    ]);
  });

  it.each(rows)('is none of answers, nor the other way round: %j to %j', (before, after) => {
    const ways = [
      ...told(documentOf(request(after)), documentOf(request(before))),
      ...told(documentOf(answer(before)), documentOf(answer(after))),
    ];
    expect(ways.filter(([found]) => found === rule)).toEqual([]);
  });
});

describe.each(Object.entries(answers))('%s', (rule, rows) => {
  it.each(rows)('%j to %j', (before, after, at, says) => {
    expect(told(documentOf(answer(before)), documentOf(answer(after)))).toEqual([[rule, at, says]]);
  });

  it.each(rows)('is none of requests, nor the other way round: %j to %j', (before, after) => {
    const ways = [
      ...told(documentOf(answer(after)), documentOf(answer(before))),
      ...told(documentOf(request(before)), documentOf(request(after))),
    ];
    expect(ways.filter(([found]) => found === rule)).toEqual([]);
  });
});

const query = (more: Json) => ({
  parameters: [{ in: 'query', name: 'q', schema: { type: 'string' }, ...more }],
  responses: { 204: {} },
});
const none = { responses: { 204: {} } };
const secured = (...security: Json[]) => ({ ...none, security });

const operations: Record<string, [before: Json, after: Json, at: string, says: string][]> = {
  'access-narrowed': [
    [secured(), secured({ bearer: [] }), 'access', 'the call needs bearer now'],
    [
      secured({}, { bearer: [] }),
      secured({ bearer: ['admin'] }, { cookie: [] }),
      'access',
      'the call needs bearer (admin) or cookie now',
    ],
    [
      secured({ bearer: ['admin', 'editor'] }),
      secured({ bearer: ['admin'] }),
      'access',
      'the call needs bearer (admin) now',
    ],
    [
      secured({ bearer: [] }, { cookie: [] }),
      secured({ bearer: [] }),
      'access',
      'the call needs bearer now',
    ],
  ],
  'parameter-removed': [[query({}), none, 'query q', 'q is not taken any more']],
  'parameter-required': [
    [none, query({ required: true }), 'query q', 'q is required now'],
    [query({}), query({ required: true }), 'query q', 'q is required now'],
  ],
  'request-type-removed': [
    [
      query({}),
      query({ schema: { type: 'integer' } }),
      'query q',
      'q does not take a string any more',
    ],
  ],
  'body-required': [[none, request({}), 'body', 'the body is required now']],
  'body-type-removed': [
    [
      { ...none, requestBody: { content: { ...json({}), 'text/plain': {} } } },
      { ...none, requestBody: { content: json({}) } },
      'body',
      'the body is not taken as text/plain any more',
    ],
  ],
  'answer-removed': [
    [
      { responses: { 200: {}, 404: {} } },
      { responses: { 201: {} } },
      '200',
      '200 is not answered any more',
    ],
  ],
  'answer-type-removed': [
    [
      { responses: { 200: { content: { 'application/json; charset=utf-8': {} } } } },
      { responses: { 200: { content: { 'text/csv': {} } } } },
      '200',
      '200 is not application/json any more',
    ],
  ],
  'answer-header-removed': [
    [
      { responses: { 200: { headers: { ETag: { required: true } } } } },
      { responses: { 200: {} } },
      '200 etag',
      'etag is not always sent any more',
    ],
  ],
};

describe.each(Object.entries(operations))('%s', (rule, rows) => {
  it.each(rows)('%j to %j', (before, after, at, says) => {
    expect(told(documentOf(before), documentOf(after))).toEqual([[rule, at, says]]);
  });
});

it('has a row for each rule', () => {
  const rows = Object.keys({ ...requests, ...answers, ...operations });
  expect(rows).toEqual(
    expect.arrayContaining([...shapeRules, ...operationRules].map(({ name }) => name)),
  );
});

describe('an API', () => {
  it('breaks all clients of an operation that is gone, also by another base path', () => {
    const before = documentOf(none);
    const gone = { ...before, paths: {} };
    const moved = { ...before, servers: [{ url: 'https://example.com/api/v2' }] };
    for (const after of [gone, moved]) {
      expect(breaks(before, after)).toEqual([
        {
          rule: 'operation-removed',
          method: 'POST',
          path: '/api/posts',
          at: '',
          subject: 'the call',
          what: 'is not answered any more',
          whom: 'all clients that make it',
        },
      ]);
    }
  });

  it('breaks nobody by more operations, another server, or another name in a path', () => {
    const path = (name: string) => ({
      [`/posts/{${name}}`]: {
        parameters: [{ in: 'path', name, required: true, schema: { type: 'string' } }],
        get: none,
      },
    });
    const before = { ...documentOf(none), paths: path('id') };
    const after = {
      ...documentOf(none),
      servers: [{ url: 'https://example.com/api' }],
      paths: { ...path('postId'), '/tags': { get: none } },
    };
    expect(breaks(before, after)).toEqual([]);
  });

  it.each([
    ['more values in requests', request({ enum: ['a'] }), request({ enum: ['a', 'b'] })],
    ['fewer values in answers', answer({ enum: ['a', 'b'] }), answer({ enum: ['a'] })],
    ['a new field in answers', answer(object({})), answer(object(title))],
    ['a field that may be sent', request(object({})), request(object(title))],
    [
      'other bounds of answers',
      answer({ type: 'string' }),
      answer({ type: 'string', maxLength: 9 }),
    ],
    [
      'a pattern that matches more',
      request({ type: 'string', pattern: '\\S' }),
      request({ type: 'string', pattern: '^$|\\S' }),
    ],
    [
      'one more shape of a union',
      request({ oneOf: [object(title), { type: 'string' }] }),
      request({ oneOf: [object({ no: {} }), object(title), { type: 'string' }] }),
    ],
    ['other refusals', { responses: { 404: {} } }, { responses: { 409: {} } }],
    ['an answer of anything', answer({}), answer({ type: 'string' })],
  ])('breaks nobody by %s', (_case, before, after) => {
    expect(breaks(documentOf(before), documentOf(after))).toEqual([]);
  });

  it.each([
    [
      request({ type: 'string', pattern: 'a' }),
      request({ type: 'string', pattern: '\\|a' }),
      ['request-pattern-added', 'body', 'the body has to match `\\|a` now'],
      ['request-pattern-added', 'body', 'the body has to match `a` now'],
    ],
    [
      answer({ type: 'object', additionalProperties: { type: 'string' } }),
      answer({ type: 'object', additionalProperties: { type: 'boolean' } }),
      ['answer-type-added', '200 .*', '200 may be a boolean now'],
      ['answer-type-added', '200 .*', '200 may be a string now'],
    ],
  ])('breaks clients both ways where neither has all of the other', (one, other, there, back) => {
    expect(told(documentOf(one), documentOf(other))).toEqual([there]);
    expect(told(documentOf(other), documentOf(one))).toEqual([back]);
  });

  it('follows references, also those that lead back to themselves', () => {
    const components = (more: Json) => ({
      components: {
        schemas: {
          Tree: object({
            name: { type: 'string' },
            below: { $ref: '#/components/schemas/Tree' },
            ...more,
          }),
        },
      },
    });
    const tree = answer({ $ref: '#/components/schemas/Tree' });
    const before = documentOf(tree, components({ size: { type: 'integer' } }));
    expect(told(before, documentOf(tree, components({})))).toEqual([
      ['answer-property-removed', '200 size', 'size is not sent any more'],
      ['answer-property-removed', '200 below.size', 'size is not sent any more'],
    ]);
    expect(breaks(before, before)).toEqual([]);
  });
});
