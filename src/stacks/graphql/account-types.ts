import { hasPart } from '../../manifest/account-parts.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { Resource } from '../resource.ts';
import { describeResource } from '../resource.ts';
import type { GraphqlType, Value } from './describe-type.ts';
import { describeType } from './describe-type.ts';
import type { Argument, OutputField } from './print-schema.ts';
import type { SchemaPart } from './schema-types.ts';
import { ifUpdatedAt, inputType, payloadType, schemaTypes } from './schema-types.ts';

/** What GraphQL does with users; `profile` is what they change of themselves. */
export type GraphqlUsers = { resource: Resource; described: GraphqlType; profile: Value[] };

const password: Argument = {
  name: 'password',
  type: 'String',
  description: 'The password of users who delete themselves.',
};

/** The types of users, and what is only about who calls. */
export function accountTypes(manifest: Manifest): SchemaPart {
  const { resource, described, profile } = describeUsers(manifest);
  const { types, additions } = schemaTypes(resource, described);
  const { name } = described;
  const user = { name: resource.names.singular, type: name };
  const updateMe: OutputField = {
    name: 'updateMe',
    type: 'UpdateMePayload!',
    args: [{ name: 'input', type: 'UpdateMeInput!' }, ifUpdatedAt],
  };
  const changes = profile.length > 0;
  return {
    types: [
      ...types,
      ...(changes
        ? [inputType('UpdateMeInput', profile), payloadType('UpdateMePayload', user)]
        : []),
    ],
    additions: [
      ...additions.map(({ type, field }) => ({ type, field: withPassword(field) })),
      { type: 'Query', field: { ...user, name: 'me' } },
      ...(changes ? [{ type: 'Mutation', field: updateMe }] : []),
    ],
  };
}

const withPassword = (field: OutputField): OutputField =>
  field.name === 'deleteUser' ? { ...field, args: [...(field.args ?? []), password] } : field;

/** Users with the time since when they are disabled in place of whether they are. */
export function describeUsers(manifest: Manifest): GraphqlUsers {
  const resource = describeResource(manifest, 'users');
  const added = resource.fields.filter(({ isBuiltIn }) => !isBuiltIn);
  const [email, role] = resource.fields.filter(({ isBuiltIn }) => isBuiltIn);
  if (!email || !role) throw new Error('users lack their built-in fields');
  const { default: usualRole } = resource.roles;
  const disabledAt = { ...email, name: 'disabledAt', type: 'datetime' as const, optional: true };
  const emailVerified = { ...email, name: 'emailVerified', type: 'boolean' as const };
  const users = {
    ...resource,
    fields: [
      { ...email, filter: true, readonly: true },
      { ...role, filter: true, default: usualRole },
      { ...disabledAt, readonly: true },
      ...(hasPart(manifest, 'mail') ? [{ ...emailVerified, readonly: true }] : []),
      ...added,
    ],
  };
  const described = describeType(manifest, users);
  return {
    resource: users,
    described: {
      ...described,
      create: [text('email'), text('password'), ...described.create],
      update: [...described.update, { ...text('disabled', true), type: boolean }],
    },
    profile: described.update.filter(({ name }) => name !== role.name),
  };
}

const boolean = { kind: 'built in', name: 'Boolean' } as const;

const text = (name: string, isNullable = false): Value => ({
  name,
  type: { kind: 'built in', name: 'String' },
  isList: false,
  isNullable,
});
