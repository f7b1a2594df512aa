import { describe, expect, it } from 'vitest';
import { withAccounts } from '../../src/manifest/accounts.ts';
import { parseEndpoint } from '../../src/manifest/endpoint.ts';
import { formatManifest } from '../../src/manifest/format-manifest.ts';
import { addEndpoint, parseManifest } from '../../src/manifest/manifest.ts';
import type { Roles } from '../../src/manifest/roles.ts';
import { knownRoles, usualRoles } from '../../src/manifest/roles.ts';
import { whoMay } from '../../src/manifest/who.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { emptyManifest } from '../stacks/manifests.ts';

const { rules } = stacks.express;

const ofMagazine: Roles = {
  names: ['chief', 'editor', 'reader'],
  default: 'reader',
  admin: 'chief',
};
const project = { ...emptyManifest, auth: 'jwt' as const };
const magazine = withAccounts({ ...project, roles: ofMagazine });

const parse = (value: unknown) => parseManifest(JSON.stringify(value), 'backend.json', stacks);

describe('the roles of a project', () => {
  it('are the usual ones where backend.json says nothing of them', () => {
    expect(parse(project).roles).toBeUndefined();
    expect(knownRoles()).toEqual({
      names: ['user', 'moderator', 'admin'],
      default: 'user',
      admin: 'admin',
      readers: ['moderator', 'admin'],
    });
  });

  it('are in one order, however they are written', () => {
    const { names } = knownRoles({ ...usualRoles, names: ['admin', 'moderator', 'user'] });
    expect(names).toEqual(['user', 'moderator', 'admin']);
  });

  it('stand in backend.json on one line', () => {
    const manifest = withAccounts({ ...project, roles: usualRoles });
    const text = formatManifest(manifest);
    expect(text).toContain('    "names": ["user", "moderator", "admin"],\n');
    expect(parseManifest(text, 'backend.json', stacks)).toEqual(manifest);
  });

  it.each<[string, object, string, string]>([
    ['a name with capitals', { names: ['user', 'Admin'] }, 'roles.names[1]', 'small letters'],
    ['a long name', { names: ['user', 'a'.repeat(21)] }, 'roles.names[1]', '20 characters'],
    ['a word of the rules', { names: ['user', 'owner', 'admin'] }, '`owner`', 'another name'],
    ['a name twice', { names: ['user', 'user', 'admin'] }, '`user` is given twice', 'once'],
    ['no such role for new users', { default: 'usr' }, 'no role `usr`', 'Did you mean `user`?'],
    ['no such role that administers', { admin: 'boss' }, 'no role `boss`', 'moderator'],
    [
      'new users who administer',
      { default: 'admin' },
      'New users would be administrators',
      'a role other than that of',
    ],
    ['new users who read all', { readsAll: ['user'] }, 'roles.readsAll', 'read=user'],
    ['a reader who is none', { readsAll: ['editor'] }, 'no role `editor`', 'moderator'],
    ['a setting that is none', { reads: [] }, 'no setting `reads`', 'readsAll'],
  ])('are refused with %s', (_case, roles, found, expected) => {
    const wrong = { ...project, roles: { ...usualRoles, ...roles } };
    expect(() => parse(wrong)).toThrow(found);
    expect(() => parse(wrong)).toThrow(expected);
  });

  it('are refused where there are no accounts', () => {
    expect(() => parse({ ...emptyManifest, roles: usualRoles })).toThrow('nobody has a role');
  });

  it('cannot lose one that rules of access name, and each place is told', () => {
    const endpoint = (update: string) => ({
      fields: { title: { type: 'string' } },
      access: { update },
    });
    const endpoints = { posts: endpoint('owner|editor'), tags: endpoint('editor') };
    const refused = () => parse({ ...project, endpoints });
    for (const plural of ['posts', 'tags']) {
      expect(refused).toThrow(
        `backend.json, endpoints.${plural}.access.update: There is no access level \`editor\`.`,
      );
    }
  });
});

describe('--access with roles', () => {
  const ask = (access: string) => {
    const request = { name: 'posts', fields: ['title'], access };
    return parseEndpoint(request, magazine, rules).endpoint.access;
  };

  it.each([
    ['update=editor|chief', { update: 'editor|chief' }],
    ['update=editor+chief', { update: 'editor|chief' }],
    ['update=owner|editor,delete=editor', { update: 'owner|editor', delete: 'editor' }],
    ['read=reader', { read: 'reader' }],
  ])('%s is taken, and read again from backend.json', (access, expected) => {
    const taken = ask(access);
    expect(taken).toEqual(expected);
    const fields = { title: { type: 'string' as const } };
    const manifest = addEndpoint(magazine, 'posts', {
      fields,
      pagination: 'cursor',
      ...(taken && { access: taken }),
    });
    expect(parseManifest(formatManifest(manifest), 'backend.json', stacks)).toEqual(manifest);
  });

  it.each([
    [
      'update=moderator',
      'no access level `moderator`',
      'public, user, owner, reader, editor, chief',
    ],
    ['update=editr|chief', 'no access level `editr`', 'Did you mean `editor`?'],
    ['update=editor|editor', 'names `editor` twice', 'once'],
    ['update=user|editor', '`user` means everybody who is signed in', '`user`, or the rest'],
    ['read=public|owner', '`public` means anybody', '`public`, or the rest'],
    ['create=owner|editor', 'A new row has no owner yet', 'create=user'],
    ['create=public', 'rows have no owner', 'such as chief'],
  ])('%s is refused', (access, found, expected) => {
    expect(() => ask(access)).toThrow(found);
    expect(() => ask(access)).toThrow(expected);
  });
});

describe('whom a rule means', () => {
  const roles = knownRoles({ ...ofMagazine, names: ['reader', 'editor', 'proof', 'chief'] });
  it.each([
    ['read', 'owner', true, ['chief']],
    ['update', 'owner', true, ['chief']],
    ['update', 'editor', false, ['editor', 'chief']],
    ['update', 'proof|editor', false, ['editor', 'proof', 'chief']],
    ['update', 'owner|editor', true, ['editor', 'chief']],
    ['delete', 'chief', false, ['chief']],
  ] as const)('%s=%s', (action, level, isOwner, may) => {
    expect(whoMay(action, level, roles)).toMatchObject({ kind: 'some', isOwner, roles: may });
  });

  it('gives a new role no more than a user has, until access names it', () => {
    const { names } = knownRoles();
    const grown = knownRoles({ ...usualRoles, names: [...names, 'editor'] });
    for (const action of ['read', 'create', 'update', 'delete'] as const) {
      for (const level of ['owner', 'moderator', 'admin', 'owner|moderator']) {
        expect(whoMay(action, level, grown).roles).not.toContain('editor');
      }
    }
  });

  it('is everybody where all roles are named', () => {
    expect(whoMay('read', 'reader|editor|proof', roles)).toMatchObject({ kind: 'user' });
  });
});
