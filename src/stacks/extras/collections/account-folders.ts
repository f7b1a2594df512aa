import { hasPart } from '../../../manifest/account-parts.ts';
import type { Manifest } from '../../../manifest/manifest.ts';
import { whoMayDo } from '../../places.ts';
import type { Resource } from '../../resource.ts';
import {
  answers,
  hasForm,
  isPage,
  isRefused,
  keeps,
  keepsTag,
  readBody,
  type Value,
  where,
} from './answer.ts';
import { bodyOf, fieldValue, freshen, freshText, isFresh } from './body.ts';
import { type Ask, type Folder, nobody } from './collection.ts';
import { expectedOf } from './reach.ts';
import { type Line, sets } from './script.ts';

const text = (variable: string): Value => ({ variable, isNumber: false });

/** What the answer to a sign-in is kept for: who signed in, and both tokens. */
const keepsTokens: Line[] = [
  keeps('accessToken', 'data.accessToken'),
  keeps('refreshToken', 'data.refreshToken'),
  keeps('userId', 'data.user.id'),
  keeps('role', 'data.user.role'),
];

/**
 * Signing in. With mail nobody can register without reading it, so the account of the environment is
 * used; otherwise a new one is made, and the one of the environment signs in where there is one.
 */
export function signInFolder(manifest: Manifest, users: Resource): Folder {
  const auth = `${manifest.basePath}/auth`;
  const me = `${manifest.basePath}/me`;
  const isConfirmed = hasPart(manifest, 'mail');
  const [email, password] = isConfirmed
    ? (['email', 'password'] as const)
    : (['signInEmail', 'signInPassword'] as const);
  const requests: Ask[] = [
    ...(isConfirmed ? [] : [register(auth, users)]),
    {
      name: 'Refuse a weak password',
      method: 'POST',
      path: `${auth}/register`,
      body: bodyOf({ email: { json: 'somebody@example.com' }, password: { json: 'password' } }),
      as: nobody,
      before: [],
      after: [answers({ statuses: [422] }), isRefused(422, 'password')],
    },
    {
      name: 'Sign in',
      method: 'POST',
      path: `${auth}/login`,
      body: bodyOf({ email: text(email), password: text(password) }),
      as: nobody,
      before: isConfirmed ? [] : [choosesAccount],
      after: [answers({ statuses: [200] }), where(200, readBody, hasForm, ...keepsTokens)],
    },
    {
      name: 'Refuse a wrong password',
      method: 'POST',
      path: `${auth}/login`,
      body: bodyOf({
        email: { json: 'nobody@example.com' },
        password: { json: 'not-the-password-1' },
      }),
      as: nobody,
      before: [],
      after: [answers({ statuses: [401] }), isRefused(401)],
    },
    {
      name: 'Refresh the tokens',
      method: 'POST',
      path: `${auth}/refresh`,
      body: bodyOf({ refreshToken: text('refreshToken') }),
      as: nobody,
      before: [],
      after: [
        answers({ statuses: [200] }),
        where(
          200,
          readBody,
          hasForm,
          keeps('accessToken', 'data.accessToken'),
          keeps('refreshToken', 'data.refreshToken'),
        ),
      ],
    },
    {
      name: 'Get who signed in',
      method: 'GET',
      path: me,
      before: [],
      after: [answers({ statuses: [200] }), where(200, readBody, hasForm, isWho)],
    },
    {
      name: 'List the sessions',
      method: 'GET',
      path: `${me}/sessions`,
      before: [],
      after: [answers({ statuses: [200] }), where(200, readBody, hasForm, isPage([]))],
    },
    {
      name: 'Refuse who has not signed in',
      method: 'GET',
      path: me,
      as: nobody,
      before: [],
      after: [answers({ statuses: [401] }), isRefused(401)],
    },
  ];
  return { name: 'sign in', requests };
}

const isWho: Line = ({ test, expect, get }) =>
  `${test}("is who signed in", () => {\n  ${expect}(data.id).to.equal(${get('userId')});\n});`;

const choosesAccount: Line = ({ get, given, set }) =>
  [
    set('signInEmail', `${given('email')} || ${get('newEmail')}`),
    set('signInPassword', `${given('email')} ? ${given('password')} : ${get('newPassword')}`),
  ].join('\n');

/** A new account, which is deleted at the end. */
function register(auth: string, users: Resource): Ask {
  const profile = users.fields.filter(
    (field) =>
      !field.isBuiltIn &&
      !field.readonly &&
      !field.parent &&
      !field.optional &&
      field.default === undefined,
  );
  const values = Object.fromEntries(
    profile.map((field) => [field.name, fieldValue('newUser', field, 1)]),
  );
  const fresh = freshen('newUser', profile);
  return {
    name: 'Register',
    method: 'POST',
    path: `${auth}/register`,
    body: bodyOf({ ...values, email: text('newEmail'), password: text('newPassword') }),
    as: nobody,
    before: [
      ...(profile.some(isFresh) ? fresh : [freshText]),
      sets('newEmail', '`${fresh}@example.com`'),
      sets('newPassword', '`${fresh}-Xy7-${fresh}`'),
    ],
    after: [
      answers({ statuses: [201] }),
      where(
        201,
        readBody,
        hasForm,
        keeps('newAccessToken', 'data.accessToken'),
        keeps('newUserId', 'data.user.id'),
      ),
    ],
  };
}

/** The accounts themselves: those of others are for some roles only. */
export function usersFolder({ basePath }: Manifest, users: Resource): Folder {
  const { operations } = users;
  const path = `${basePath}/users`;
  const self = `${path}/{{userId}}`;
  const has = (operation: 'list' | 'get' | 'update') => operations.has(operation);
  const expected = (operation: 'list' | 'get' | 'update', status: number) =>
    expectedOf(users, whoMayDo(users, operation), [status]);
  const requests: Ask[] = [];
  if (has('list')) {
    requests.push({
      name: 'List',
      method: 'GET',
      path,
      before: [],
      after: [answers(expected('list', 200)), where(200, readBody, hasForm, isPage([]))],
    });
  }
  if (has('get')) {
    requests.push({
      name: 'Get',
      method: 'GET',
      path: self,
      before: [],
      after: [
        answers(expected('get', 200)),
        where(200, readBody, hasForm, isWho, keepsTag('userTag')),
      ],
    });
  }
  if (has('update')) {
    const headers = has('get') ? { 'If-Match': '{{userTag}}' } : {};
    requests.push({
      name: 'Change nothing',
      method: 'PATCH',
      path: self,
      headers,
      body: bodyOf({}),
      before: [],
      after: [answers(expected('update', 200)), where(200, readBody, hasForm, isWho)],
    });
  }
  if (has('list') || has('get')) {
    requests.push({
      name: 'Refuse who has not signed in',
      method: 'GET',
      path: has('list') ? path : self,
      as: nobody,
      before: [],
      after: [answers({ statuses: [401] }), isRefused(401)],
    });
  }
  return { name: 'users', requests };
}

/** The new account goes, with all that it owns; otherwise the session ends. */
export function signOutRequests(manifest: Manifest, users: Resource, isHeld: boolean): Ask[] {
  const signOut: Ask = {
    name: 'Sign out',
    method: 'POST',
    path: `${manifest.basePath}/auth/logout`,
    before: [],
    after: [answers({ statuses: [204] })],
  };
  const who = whoMayDo(users, 'delete');
  const may = who.isOwner || who.roles.includes(users.roles.default);
  if (hasPart(manifest, 'mail') || !users.operations.has('delete') || !may) return [signOut];
  return [
    signOut,
    {
      name: 'Delete the new account',
      method: 'DELETE',
      path: `${manifest.basePath}/users/{{newUserId}}`,
      body: bodyOf({ password: text('newPassword') }),
      as: 'newAccessToken',
      before: [],
      after: [answers({ statuses: isHeld ? [204, 409] : [204] })],
    },
  ];
}
