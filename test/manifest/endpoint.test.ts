import { describe, expect, test } from 'vitest';
import type { EndpointRequest } from '../../src/manifest/endpoint.ts';
import { parseEndpoint } from '../../src/manifest/endpoint.ts';
import { formatManifest } from '../../src/manifest/format-manifest.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { addEndpoint, parseManifest } from '../../src/manifest/manifest.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { refusal, wordsOf } from './refusal.ts';

const { rules } = stacks.express;

const name = { type: 'string' };
const manifest = parseManifest(
  JSON.stringify({
    name: 'my-api',
    stack: 'express',
    auth: 'none',
    packageManager: 'npm',
    endpoints: {
      users: { fields: { name } },
      tags: { fields: { name } },
      news: { fields: { name } },
      comments: { fields: { author: { type: 'ref', to: 'users' } }, under: 'users' },
    },
  }),
  'backend.json',
  stacks,
);

describe('what was asked for', () => {
  test('is an endpoint with all its names', () => {
    const { names, endpoint } = ask('blog-post', ['title:string:max=200', 'author:ref:user'], {
      only: 'delete,list',
      pagination: 'offset',
    });
    expect(names).toMatchObject({ plural: 'blogPosts', singular: 'blogPost' });
    expect(endpoint).toEqual({
      fields: { title: { type: 'string', max: 200 }, author: { type: 'ref', to: 'users' } },
      pagination: 'offset',
      only: ['list', 'delete'],
    });
  });

  test('keeps a singular only where it is not the usual one', () => {
    expect(ask('staff', ['name'], { singular: 'colleague' }).endpoint.singular).toBe('colleague');
    expect(ask('posts', ['name'], { singular: 'post' }).endpoint).not.toHaveProperty('singular');
    expect(ask('basis', ['name']).endpoint.singular).toBe('basis');
  });

  test.each([
    ['all of them', 'list,get,create,replace,update,delete', undefined],
    ['with spaces', ' get, list ', ['list', 'get']],
    ['one twice', 'get,get', ['get']],
  ])('only: %s', (_, only, operations) => {
    expect(ask('posts', ['title'], { only }).endpoint.only).toEqual(operations);
  });

  test.each<[string, string[], string, string[]]>([
    ['adds a ref to the parent', ['title'], 'users', ['user', 'title']],
    ['takes the parent in the singular', ['title'], 'user', ['user', 'title']],
    [
      'is content with the ref that is there',
      ['title', 'author:ref:users'],
      'users',
      ['title', 'author'],
    ],
    ['is content with an optional one', ['author:ref:users:optional'], 'users', ['author']],
    ['calls the ref after the singular', ['title'], 'news', ['newsItem', 'title']],
    ['needs no other field', [], 'users', ['user']],
  ])('under %s', (_, fields, under, expected) => {
    const { endpoint } = ask('posts', fields, { under });
    expect(Object.keys(endpoint.fields)).toEqual(expected);
    expect(manifest.endpoints).toHaveProperty(endpoint.under ?? '');
  });

  test('may refer to itself where that is optional', () => {
    const { endpoint } = ask('categories', ['name', 'parent:ref:category:optional']);
    expect(endpoint.fields.parent).toEqual({ type: 'ref', to: 'categories', optional: true });
  });

  test('goes into the manifest and comes back', () => {
    const { names, endpoint } = ask('posts', ['title', 's:enum:a,b'], {
      under: 'users',
      only: 'list',
    });
    const after = addEndpoint(manifest, names.plural, endpoint);
    expect(parseManifest(formatManifest(after), 'backend.json', stacks)).toEqual(after);
  });

  test('may be asked for again, but not otherwise', () => {
    expect(ask('tag', ['name']).endpoint).toEqual(manifest.endpoints.tags);
    expect(ask('comments', ['author:ref:users'], { under: 'users' }).names.plural).toBe('comments');
    const error = refusal(() => ask('tags', ['title']));
    expect(error.message).toContain('`tags` exists already with another definition.');
    expect(error.command).toBe('gen endpoint tagEntries title:string');
  });
});

describe('refused', () => {
  test.each<[string, string[], Partial<EndpointRequest>, string]>([
    ['posts!', ['title'], {}, '`posts!` is not a name.'],
    ['docs', ['title'], {}, '`docs` already means something else'],
    ['posts', [], {}, '`posts` has no fields. Expected at least one, such as `title:string`.'],
    ['posts', ['title:strng'], {}, 'Did you mean `string`?'],
    ['posts', ['a', 'a'], {}, '`a` is given twice.'],
    [
      'posts',
      ['author:ref:usres'],
      {},
      '`author` refers to `usres`, which does not exist. Did you mean `users`?',
    ],
    [
      'posts',
      ['x:ref:things'],
      {},
      'Expected one of: `users`, `tags`, `news`, `comments`, `posts`.',
    ],
    ['posts', ['author:users'], {}, 'Did you mean `author:ref:users`?'],
    ['nodes', ['parent:ref:nodes'], {}, 'so no first row could be created.'],
    ['newsItems', ['title'], {}, '`news` and `newsItems` would both use the name `newsItem`.'],
    ['posts', ['title'], { only: 'lst' }, 'There is no operation `lst`. Did you mean `list`?'],
    [
      'posts',
      ['title'],
      { only: 'index,get' },
      'There is no operation `index`. Did you mean `list`?',
    ],
    ['posts', ['title'], { pagination: 'curser' }, 'Did you mean `cursor`?'],
    ['posts', ['title'], { under: 'uesrs' }, 'There is no endpoint `uesrs`. Did you mean `users`?'],
    [
      'someVeryLongNamesOfManyThings',
      ['anotherVeryLongNameOfAThing'],
      {},
      'Expected 14 characters fewer.',
    ],
  ])('%s %j %j', (typed, fields, flags, message) => {
    const error = refusal(() => ask(typed, fields, flags));
    expect(error.message).toContain(message);
    expect(error.problems).toHaveLength(1);
    const request = requestOf(error.command);
    expect(() => parseEndpoint(request, manifest, rules)).not.toThrow();
  });

  test.each<[string, string[], Partial<EndpointRequest>, string]>([
    ['posts', ['title'], { only: '' }, '`--only` has no operation.'],
    ['posts', ['title'], { only: 'get,banana' }, 'Expected some of: list, get, create'],
    ['posts', ['title'], { pagination: 'pages' }, 'Expected cursor or offset.'],
    [
      'posts',
      ['title'],
      { under: 'things' },
      'Expected one of: `users`, `tags`, `news`, `comments`.',
    ],
    ['posts', ['title'], { under: 'post' }, '`posts` cannot be under itself.'],
    ['posts', ['a:ref:users', 'b:ref:users'], { under: 'users' }, 'has several refs to it: a, b.'],
    [
      'posts',
      ['userId:uuid'],
      { under: 'users' },
      '`userId` is not a ref to `users`, which `--under` needs.',
    ],
    [
      'posts',
      ['title'],
      { under: 'users', only: 'get' },
      'Expected list or create, which `under` adds.',
    ],
    ['posts', ['title'], { access: 'read=friends' }, 'There is no access level `friends`.'],
    ['posts', ['title'], { access: 'sudo=admin' }, 'There is no action `sudo`.'],
    ['posts', ['title'], { access: 'read=admin' }, 'This backend has no accounts'],
    ['posts', ['title'], { rateLimit: 'often' }, '`often` is not a rate.'],
    ['posts', ['title'], { singular: '2nd' }, '--singular `2nd` is not a name.'],
  ])('%s %j %j, with the help: nobody can tell what was meant', (typed, fields, flags, message) => {
    const error = refusal(() => ask(typed, fields, flags));
    expect(error.message).toContain(message);
    expect(error.problems).toHaveLength(1);
    expect(error.command).toBe('gen endpoint --help');
  });

  test.each<[Partial<EndpointRequest>, string]>([
    [{ access: 'read=admin,create=admin' }, '--access read=admin,create=admin'],
    [{ access: 'raed=admn' }, '--access read=admin'],
    [{ rateLimit: '5/hour' }, '--rate-limit 5/hour'],
    [{ singular: 'secret', plural: 'secrets' }, '--singular secret --plural secrets'],
    [{ only: 'show,delete' }, '--only get,delete'],
    [{ pagination: 'ofset', only: 'list' }, '--pagination offset --only list'],
    [{ under: 'tgas' }, '--under tags'],
  ])('a field that is wrong, and the rest said again as it was meant: %j', (flags, expected) => {
    const request = { name: 'secrets', fields: ['titel:strng:private'], ...flags };
    const { command } = refusal(() => parseEndpoint(request, { ...manifest, auth: 'jwt' }, rules));
    expect(command).toBe(`gen endpoint secrets titel:string:private ${expected}`);
  });

  test('nothing to be under yet', () => {
    const empty: Manifest = { ...manifest, endpoints: {} };
    const request = { name: 'posts', fields: ['title'], under: 'users' };
    const { message } = refusal(() => parseEndpoint(request, empty, rules));
    expect(message).toBe('There is no endpoint `users`. There are none yet.');
  });

  test('everything at once, with a command in which it is mended', () => {
    const flags = { only: 'lst', pagination: 'offset', under: 'users' };
    const { problems, command } = refusal(() =>
      ask('class', ['title:strng', 'x:ref:things', 'id'], flags),
    );
    expect(problems.map(({ found }) => found)).toEqual([
      '`class` is a reserved word of TypeScript.',
      '`title` has the type `strng`, which does not exist.',
      '`id` is reserved.',
      'There is no operation `lst`.',
      '`x` refers to `things`, which does not exist.',
    ]);
    expect(command).toBe(
      'gen endpoint classes title:string --pagination offset --only list --under users',
    );
  });
});

function ask(typed: string, fields: string[], flags: Partial<EndpointRequest> = {}) {
  return parseEndpoint({ name: typed, fields, ...flags }, manifest, rules);
}

function requestOf(command: string): EndpointRequest {
  const [typed = '', ...rest] = wordsOf(command);
  const start = rest.findIndex((word) => word.startsWith('--'));
  const flags = start < 0 ? [] : rest.splice(start);
  const after = (flag: string) => flags[flags.indexOf(flag) + 1 || flags.length];
  return {
    name: typed,
    fields: rest,
    only: after('--only'),
    under: after('--under'),
    pagination: after('--pagination'),
  };
}
