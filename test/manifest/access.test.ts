import { describe, expect, it } from 'vitest';
import { readAccess, readRate } from '../../src/manifest/access.ts';
import { parseEndpoint } from '../../src/manifest/endpoint.ts';
import { formatManifest } from '../../src/manifest/format-manifest.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { addEndpoint, parseManifest } from '../../src/manifest/manifest.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { accountsManifest, manifestWith } from '../stacks/manifests.ts';

const { rules } = stacks.express;
const names = ['user', 'moderator', 'admin'];

describe('--access', () => {
  it.each([
    ['read=public', { read: 'public' }],
    ['read=public,create=user,update=owner,delete=admin', { read: 'public', delete: 'admin' }],
    ['read=user,create=user,update=owner,delete=owner', undefined],
    [' read = public , delete = moderator ', { read: 'public', delete: 'moderator' }],
  ])('%s keeps what is not usual', (text, expected) => {
    expect(readAccess(text, names)).toEqual({ ...(expected && { value: expected }), problems: [] });
  });

  it.each([
    ['read', 'is not an access rule', 'read=public'],
    ['read=', 'is not an access rule', 'read=public'],
    ['reed=public', 'no action `reed`', 'Did you mean `read`?'],
    ['read=pubic', 'no access level `pubic`', 'Did you mean `public`?'],
    ['read=public,read=admin', 'two access rules', 'one at most'],
  ])('%s is refused', (text, found, expected) => {
    const [problem] = readAccess(text, names).problems;
    expect(problem?.found).toContain(found);
    expect(problem?.expected).toContain(expected);
  });

  it('says everything that is wrong at once', () => {
    expect(readAccess('reed=public,delete=boss,x', names).problems).toHaveLength(3);
  });
});

describe('--rate-limit', () => {
  it.each(['100/minute', '1/second', '5000/day'])('takes %s', (rate) => {
    expect(readRate(rate)).toEqual({ value: rate, problems: [] });
  });
  it.each(['0/minute', '100', '100/fortnight', 'many/minute', '-1/hour'])('refuses %s', (rate) => {
    expect(readRate(rate).problems).toHaveLength(1);
  });
});

describe('an endpoint with accounts', () => {
  const ask = (access: string | undefined, fields = ['title'], manifest = accountsManifest) =>
    parseEndpoint({ name: 'posts', fields, access }, manifest, rules).endpoint;

  it.each([
    ['create=owner', ['title'], 'A new row has no owner yet'],
    ['create=public', ['title'], 'rows have no owner'],
    [undefined, ['title', 'owner:ref:users'], '`ownerId`, which the server sets'],
    [undefined, ['title', 'owner:ref:users'], '`owner:ref:users:owner`'],
    [undefined, ['title', 'ownerId:uuid'], '`ownerId`, which the server sets'],
    [
      undefined,
      ['author:ref:users:owner', 'editor:ref:users:owner'],
      'several owners: author, editor',
    ],
    ['create=public', ['author:ref:users:owner'], 'rows have no owner'],
    ['create=public,update=admin,delete=admin', ['author:ref:users:owner'], '`author` is an owner'],
    [undefined, ['author:ref:users:owner:optional'], 'Every row has an owner'],
    [undefined, ['author:ref:users:owner:readonly'], 'The owner is always set by the server'],
    [undefined, ['author:ref:users:owner:private'], 'leave `private` out'],
    [undefined, ['author:ref:users:owner:self'], 'leave `self` out'],
    [undefined, ['birthday:date:self'], '`birthday` is `self`, but `posts` are not users'],
    [undefined, ['birthday:date:self'], 'or the field in an endpoint with read=owner'],
    [undefined, ['author:ref:posts:optional:owner'], 'Only users can own rows'],
    [undefined, ['author:uuid:owner'], 'Only a ref to users can be the owner'],
    [undefined, ['author:owner'], '`author:ref:users:owner`'],
    [undefined, ['author:ref:users:ownr'], 'Did you mean `owner`?'],
  ])('%s with %s is refused', (access, fields, found) => {
    expect(() => ask(access, fields)).toThrow(found);
  });

  it('has a field for its owner, which may have any name', () => {
    const owner = { type: 'ref', to: 'users', owner: true };
    expect(ask(undefined, ['author:ref:users:owner']).fields).toEqual({ author: owner });
    expect(ask(undefined, ['owner:ref:users:owner']).fields).toEqual({ owner });
    expect(ask(undefined, ['author:ref:users:filter:owner']).fields).toEqual({
      author: { ...owner, filter: true },
    });
  });

  it('may have an enum with `owner` for its only value', () => {
    expect(ask(undefined, ['part:enum:owner']).fields).toEqual({
      part: { type: 'enum', values: ['owner'] },
    });
  });

  it('has no owner where there are no accounts', () => {
    const request = { name: 'posts', fields: ['user:ref:users:owner'] };
    const manifest = manifestWith({ name: 'users', fields: ['name'] });
    expect(() => parseEndpoint(request, manifest, rules)).toThrow('this backend has no accounts');
  });

  it('may be open to anybody where no rule names an owner', () => {
    const access = 'read=public,create=public,update=admin,delete=admin';
    expect(ask(access).access).toEqual({
      read: 'public',
      create: 'public',
      update: 'admin',
      delete: 'admin',
    });
  });

  it('may refer to users, and stand under them', () => {
    const { endpoint } = parseEndpoint(
      { name: 'posts', fields: ['title', 'author:ref:users'], under: 'users' },
      accountsManifest,
      rules,
    );
    expect(endpoint.under).toBe('users');
  });

  it('keeps its rules and its rate in backend.json', () => {
    const request = {
      name: 'posts',
      fields: ['title'],
      access: 'read=public',
      rateLimit: '9/hour',
    };
    const { endpoint } = parseEndpoint(request, accountsManifest, rules);
    const manifest = addEndpoint(accountsManifest, 'posts', endpoint);
    expect(parseManifest(formatManifest(manifest), 'backend.json', stacks)).toEqual(manifest);
    expect(formatManifest(manifest)).toContain('"rateLimit": "9/hour"');
  });
});

describe('an endpoint without accounts', () => {
  const without: Manifest = { ...accountsManifest, auth: 'none' };

  it('has no rules of access', () => {
    const refusal = () =>
      parseEndpoint({ name: 'posts', fields: ['title'], access: 'read=public' }, without, rules);
    expect(refusal).toThrow('no accounts');
  });

  it('has a rate of its own if it likes, and an ownerId of its own', () => {
    const request = { name: 'posts', fields: ['ownerId:uuid'], rateLimit: '9/hour' };
    expect(parseEndpoint(request, without, rules).endpoint.rateLimit).toBe('9/hour');
  });
});
