import { describe, expect, it } from 'vitest';
import { newAccounts } from '../../src/manifest/accounts.ts';
import { asksForAccounts, growAccounts } from '../../src/manifest/accounts-request.ts';
import { parseEndpoint } from '../../src/manifest/endpoint.ts';
import { parseFieldChange } from '../../src/manifest/field-change.ts';
import type { FieldRequest } from '../../src/manifest/field-command.ts';
import { formatManifest } from '../../src/manifest/format-manifest.ts';
import { parseManifest } from '../../src/manifest/manifest.ts';
import { parseRemoval } from '../../src/manifest/removal.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { accountsManifest, emptyManifest } from '../stacks/manifests.ts';
import { refusal } from './refusal.ts';

const { rules } = stacks.express;
const builtIns = { email: 'built-in', role: 'built-in', disabled: 'built-in' };

const parse = (users: unknown, auth = 'jwt') => {
  const { endpoints: _, ...project } = { ...accountsManifest, auth };
  const endpoints = users === undefined ? {} : { users };
  return parseManifest(JSON.stringify({ ...project, endpoints }), 'backend.json', stacks);
};

describe('the accounts in backend.json', () => {
  it('stand there from the start, their built-in fields marked as such', () => {
    const text = formatManifest(accountsManifest);
    expect(JSON.parse(text).endpoints).toEqual({
      users: { fields: builtIns, access: { read: 'owner' } },
    });
    expect(parseManifest(text, 'backend.json', stacks)).toEqual(accountsManifest);
  });

  it('are there where an earlier version did not name them', () => {
    expect(parse(undefined).endpoints.users).toEqual(newAccounts({ auth: 'jwt' }));
    expect(parse(undefined, 'none').endpoints).toEqual({});
  });

  it('have more fields, which are read as those of any endpoint', () => {
    const displayName = { type: 'string', max: 80 };
    const { users } = parse({ ...access, fields: { ...builtIns, displayName } }).endpoints;
    expect(users?.fields.displayName).toEqual(displayName);
    expect(users?.fields.email).toEqual({ type: 'email', unique: true });
  });

  const { role: _role, ...withoutRole } = builtIns;
  const access = { access: { read: 'owner', create: 'admin' } };
  it.each([
    [
      'a built-in field that was taken out',
      { ...access, fields: withoutRole },
      '`users` has no `role`, which is a built-in field. Expected "role": "built-in".',
    ],
    [
      'a built-in field that was changed',
      { ...access, fields: { ...builtIns, email: { type: 'string' } } },
      '`email` is a built-in field and cannot be changed. Expected "email": "built-in".',
    ],
    [
      'another field that is called built-in',
      { ...access, fields: { ...builtIns, nick: 'built-in' } },
      '`nick` is not a built-in field.',
    ],
    [
      'a password',
      { ...access, fields: { ...builtIns, password: { type: 'string' } } },
      '`password` is reserved: accounts have it already.',
    ],
    [
      'a required reference',
      { ...access, fields: { ...builtIns, boss: { type: 'ref', to: 'users' } } },
      'Expected `optional`, as in boss:ref:users:optional.',
    ],
    [
      'an owner',
      { ...access, fields: { ...builtIns, boss: { type: 'ref', to: 'users', owner: true } } },
      '`boss` is an owner, but a user belongs to nobody else.',
    ],
    [
      'accounts that everybody reads',
      { access: { read: 'public', create: 'admin' }, fields: builtIns },
      '`read=public` is too wide for accounts. Expected owner or roles, such as admin.',
    ],
    [
      'a parent',
      { ...access, fields: builtIns, under: 'users' },
      '`users` holds the accounts and cannot have `under`.',
    ],
  ])('refuse %s', (_case, users, message) => {
    expect(refusal(() => parse(users)).message).toContain(message);
  });

  it('are an endpoint like any other without accounts', () => {
    const own = { fields: { email: { type: 'email' } } };
    expect(parse(own, 'none').endpoints.users?.fields).toEqual(own.fields);
  });
});

describe('one line of backend.json', () => {
  const edited = (line: RegExp, by: string) => {
    const roles = { names: ['user', 'moderator', 'admin'], default: 'user', admin: 'admin' };
    const text = formatManifest({ ...accountsManifest, roles });
    expect(text).toMatch(line);
    return parseManifest(text.replace(line, by), 'backend.json', stacks);
  };

  it('takes the accounts out, with their roles', () => {
    const { auth, endpoints, roles } = edited(/"auth": "jwt"/, '"auth": "none"');
    expect([auth, endpoints, roles]).toEqual(['none', {}, undefined]);
  });

  it('gives all roles other names, that of who makes users too', () => {
    const names = '"names": ["member", "chief"], "default": "member", "admin": "chief"';
    const { endpoints } = edited(/"names": [^}]*"admin": "admin"/, names);
    expect(endpoints.users?.access).toEqual({ read: 'owner', create: 'chief' });
  });
});

describe('gen endpoint users', () => {
  it('is for the accounts where there are some, however it is spelled', () => {
    for (const name of ['users', 'user', 'Users']) {
      expect([name, asksForAccounts(name, accountsManifest)]).toEqual([name, true]);
    }
    expect(asksForAccounts('posts', accountsManifest)).toBe(false);
    expect(asksForAccounts(undefined, accountsManifest)).toBe(false);
    expect(asksForAccounts('users', emptyManifest)).toBe(false);
  });

  it('adds what is not there yet, and says what came with the accounts', () => {
    const fields = ['name:string', 'email:email:unique', 'password:string'];
    const grown = growAccounts({ name: 'users', fields }, accountsManifest, rules);
    expect(Object.keys(grown.after.endpoints.users?.fields ?? {})).toEqual([
      ...Object.keys(builtIns),
      'name',
    ]);
    expect(grown.command).toBe('gen field add users name:string');
    expect(grown.done).toContain('`email` and `password` came with the accounts.');
    const again = growAccounts({ name: 'users', fields }, grown.after, rules);
    expect(again.after).toEqual(grown.after);
  });

  it('says without fields what there is, and how to extend it', () => {
    const { after, nothing } = growAccounts({ name: 'users', fields: [] }, accountsManifest, rules);
    expect(after).toBe(accountsManifest);
    expect(nothing).toContain('email, role, disabled');
    expect(nothing).toContain('gen field add users <name>:<type>:optional');
  });

  it.each([
    [{ fields: ['email:integer'] }, '`email` exists already with another definition.'],
    [{ fields: ['name'], access: 'read=admin' }, 'its settings are in backend.json'],
  ])('refuses %j', (request, message) => {
    const grow = () => growAccounts({ name: 'users', ...request }, accountsManifest, rules);
    expect(refusal(grow).message).toContain(message);
  });
});

describe('fields for users themselves', () => {
  const request = { name: 'users', fields: ['birthday:date:optional:self'] };

  it('can be added to accounts, and are written as that', () => {
    const { after } = growAccounts(request, accountsManifest, rules);
    const birthday = { type: 'date', optional: true, self: true };
    expect(after.endpoints.users?.fields.birthday).toEqual(birthday);
    const text = formatManifest(after);
    expect(JSON.parse(text).endpoints.users.fields.birthday).toEqual(birthday);
    expect(parseManifest(text, 'backend.json', stacks)).toEqual(after);
  });

  it('need accounts', () => {
    const ask = () => parseEndpoint(request, emptyManifest, rules);
    expect(refusal(ask).message).toContain('`birthday` is `self`, but `users` are not users');
    expect(refusal(ask).message).toContain('set `auth` to `jwt` in backend.json');
  });
});

describe('the built-in fields', () => {
  it.each<[FieldRequest, string]>([
    [{ kind: 'change', endpoint: 'users', fields: ['email:string'] }, 'changed'],
    [{ kind: 'rename', endpoint: 'users', from: 'role', to: 'rank' }, 'renamed'],
    [{ kind: 'remove', endpoint: 'users', names: ['disabled'] }, 'removed'],
  ])('stay as they are: %j', (request, done) => {
    const refused = refusal(() => parseFieldChange(request, accountsManifest, rules));
    expect(refused.message).toContain(`is a built-in field of \`users\` and cannot be ${done}.`);
  });

  it('stay, as the accounts do', () => {
    expect(refusal(() => parseRemoval('users', accountsManifest, rules)).message).toContain(
      '`users` holds the accounts of this backend and cannot be removed.',
    );
  });
});
