import { hasPart } from '../../../manifest/account-parts.ts';
import type { Manifest } from '../../../manifest/manifest.ts';
import type { Resource } from '../../resource.ts';
import type { NamedType } from './endpoint-view.ts';
import { profileOf } from './members.ts';
import { asked, type Member } from './value-types.ts';

const texts = (...names: string[]): Member[] =>
  names.map((name) => ({ name, type: 'string', optional: false }));

const free = (member: Member): Member => ({ ...member, optional: true });

const role: Member = { name: 'role', type: 'Role', optional: true };

/** The types of what the routes of the accounts take and answer, by their names in the documentation. */
export function accountTypes(manifest: Manifest, users: Resource): NamedType[] {
  const profile = profileOf(users);
  const mail: NamedType[] = [
    { name: 'AuthVerifyEmail', members: texts('token') },
    { name: 'AuthForgotPassword', members: texts('email') },
    { name: 'AuthResetPassword', members: texts('token', 'password') },
    { name: 'AuthChangeEmail', members: texts('email', 'currentPassword') },
    { name: 'AuthInvite', members: [...texts('email'), role] },
    { name: 'AuthAcceptInvitation', members: [...texts('token', 'password'), ...profile.given] },
  ];
  const exchange = texts('code', 'verifier');
  const oidc: NamedType[] = [
    { name: 'AuthProvider', members: texts('name') },
    { name: 'AuthCompleteSignIn', members: [...exchange, ...profile.given.map(free)] },
    { name: 'AuthStartLink', members: texts('currentPassword').map(free) },
    { name: 'AuthAddIdentity', members: exchange },
    { name: 'AuthIdentity', members: identity },
    { name: 'AuthListIdentities', members: listed },
  ];
  return [
    { name: 'AuthRegister', members: [...texts('email', 'password'), ...profile.given] },
    { name: 'AuthLogIn', members: texts('email', 'password') },
    { name: 'AuthChangePassword', members: texts('currentPassword', 'newPassword') },
    { name: 'AuthChangeProfile', members: profile.changed },
    { name: 'AuthSession', members: session },
    { name: 'AuthListSessions', members: listed },
    ...(hasPart(manifest, 'mail') ? mail : []),
    ...(hasPart(manifest, 'oidc') ? oidc : []),
  ];
}

const session: Member[] = [
  { name: 'id', type: 'Id', optional: false },
  { name: 'userAgent', type: 'string | null', optional: false },
  ...['createdAt', 'lastUsedAt', 'expiresAt'].map((name) => {
    return { name, type: 'Moment', optional: false };
  }),
  { name: 'isCurrent', type: 'boolean', optional: false },
];

const identity: Member[] = [
  { name: 'id', type: 'Id', optional: false },
  ...texts('provider'),
  { name: 'email', type: 'string | null', optional: false },
  { name: 'createdAt', type: 'Moment', optional: false },
  { name: 'lastUsedAt', type: 'Moment | null', optional: false },
];

const listed: Member[] = [
  asked('sortOrder', "'asc' | 'desc'"),
  asked('limit', 'number'),
  asked('cursor', 'string'),
];
