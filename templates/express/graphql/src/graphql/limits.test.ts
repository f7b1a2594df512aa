import { buildSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createDocuments } from './documents.ts';
import { excessOf, excessOfText } from './limits.ts';

const schema = buildSchema(`
  type Query { post: Post posts(first: Int, last: Int, limit: Int): PostConnection! }
  type PostConnection { edges: [PostEdge!]! pageInfo: PageInfo! }
  type PageInfo { endCursor: String }
  type PostEdge { node: Post! }
  type Post { id: ID! author: Post posts(first: Int): PostConnection! }
`);

const excess = (document: string, variables = {}) =>
  excessOf(schema, parse(document), variables)?.message;
const repeat = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');
const page = (size: string, inside = 'id') => `posts(${size}) { edges { node { ${inside} } } }`;

describe('refuses', () => {
  it.each([
    ['depth', `{ ${'post { author { '.repeat(7)} id ${'} } '.repeat(7)} }`, 'Too deep: 15'],
    [
      'depth in fragments',
      `{ post { ...A } } fragment A on Post { ${'author { '.repeat(6)} ...B ${'} '.repeat(6)} }
       fragment B on Post { ${'author { '.repeat(6)} id ${'} '.repeat(6)} }`,
      'Too deep: 14',
    ],
    ['objects', `{ ${page('first: 50', page('first: 30'))} }`, 'Too many objects: 1601'],
    ['objects of a last page', `{ ${page('last: 50', page('first: 30'))} }`, 'Too many objects'],
    ['objects of a limit', `{ ${page('limit: 50', page('first: 30'))} }`, 'Too many objects'],
    ['sizes below one', `{ ${page('first: -1', page('first: 30'))} }`, 'Too many objects'],
    [
      'objects behind fragments',
      `{ posts(first: 100) { ...A } }
       fragment A on PostConnection { edges { node { posts(first: 20) { ...B } } } }
       fragment B on PostConnection { edges { node { id } } }`,
      'Too many objects',
    ],
    ['aliases', `{ post { ${repeat(31, (index) => `a${index}: id`)} } }`, 'Too many aliases: 31'],
    ['repeated fields', `{ post { ${repeat(32, () => 'id')} } }`, 'Too many aliases: 31'],
    [
      'root fields in fragments',
      `{ ${repeat(16, (index) => `...F${index}`)} }
       ${repeat(16, (index) => `fragment F${index} on Query { post { id } posts { __typename } }`)}`,
      'Too many root fields: 32',
    ],
    [
      'introspections in fragments',
      '{ a: __schema { description } ...A } fragment A on Query { ...B b: __type(name: "A") { name } } fragment B on Query { __type(name: "B") { name } __schema { description } }',
      'Too many introspections: 4',
    ],
    [
      'aliases in introspection',
      '{ __schema { types { a: name b: fields { c: name } } } }',
      'Too many introspections: 4',
    ],
    [
      'repeated fields in introspection',
      `{ __schema { types { ${repeat(32, () => 'name')} } } }`,
      'Too many aliases: 31',
    ],
  ])('too much: %s', (_case, document, message) => {
    expect(excess(document)).toContain(message);
  });

  it.each([
    ['length', `{ id } #${' '.repeat(100_000)}`, {}, 'Too long: 100008 characters'],
    [
      'variables',
      '{ id }',
      Object.fromEntries(Array.from({ length: 101 }, (_, index) => [index, 1])),
      'Too many variables: 101',
    ],
  ])('too much before it is parsed: %s', (_case, document, variables, message) => {
    expect(excessOfText(document, variables)?.message).toContain(message);
  });

  it('what variables make too much, and their defaults', () => {
    const document = `query ($size: Int = 50) { ${page('first: $size', page('first: $size'))} }`;
    expect(excess(document)).toContain('Too many objects');
    expect(excess(document, { size: 10 })).toBeUndefined();
    expect(excess(document, { size: -10 })).toContain('Too many objects');
    expect(excess(document, { size: 'all' })).toContain('Too many objects');
  });
});

describe('allows', () => {
  it.each([
    ['a page of pages', `{ ${page('first: 20', page('first: 20'))} }`],
    ['the largest page', `{ ${page('first: 100')} }`],
    [
      'introspection',
      `{ __schema { ${'types { fields { '.repeat(10)} name ${'} } '.repeat(10)} } }`,
    ],
    ['fragments in circles, which validation refuses', '{ ...A } fragment A on Query { ...A }'],
  ])('%s', (_case, document) => {
    expect(excess(document)).toBeUndefined();
  });

  it('fragments that would expand without bounds', () => {
    const bomb = `{ post { ...F0 } }
      ${repeat(60, (index) => `fragment F${index} on Post { ...F${index + 1} ...F${index + 1} }`)}
      fragment F60 on Post { id }`;
    expect(excess(bomb)).toBeUndefined();
  });
});

it('measures a document that it knows with the variables of each request', () => {
  const documents = createDocuments(schema, false);
  const read = (first: number) => {
    const size = 'first: $first';
    const text = `query ($first: Int) { ${page(size, page(size))} }`;
    return documents.read(text, { first });
  };
  const known = read(2);
  expect(known).toMatchObject({ kind: 'Document' });
  expect(read(100)).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX' } }]);
  expect(read(3)).toBe(known);
});
