import { builder } from '../../graphql/builder.ts';
import {
  connectionArgs,
  connectionOf,
  parseConnection,
  SortOrder,
} from '../../graphql/connections.ts';
import { requireRole, requireUser, rowLoader } from '../../graphql/context.ts';
import {
  ifUpdatedAt,
  parseValues,
  payloadOf,
  settle,
  versionsOf,
} from '../../graphql/mutations.ts';
import { UserRef } from '../../graphql/types.ts';
import { parseId } from '../../http/validation.ts';
import { listUsersQuery, patchUser, type UserRow } from './users.schema.ts';

export const userById = rowLoader<UserRow>((ids, { services, caller }) =>
  services.users.findMany(ids, caller),
);

const UserRoleEnum = builder.enumType('UserRole', {
  values: {
    USER: { value: 'user' },
    MODERATOR: { value: 'moderator' },
    ADMIN: { value: 'admin' },
  } as const,
});

builder.objectType(UserRef, {
  fields: (t) => ({
    id: t.exposeID('id'),
    email: t.exposeString('email'),
    role: t.expose('role', { type: UserRoleEnum }),
    disabledAt: t.expose('disabledAt', { type: 'DateTime', nullable: true }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
  }),
});

const UserConnection = connectionOf('User', UserRef);
const UserFilter = builder.inputType('UserFilter', {
  fields: (t) => ({ email: t.string(), role: t.field({ type: UserRoleEnum }) }),
});
const UserSort = builder.enumType('UserSort', {
  values: { CREATED_AT: { value: 'createdAt' } } as const,
});
const listArgs = builder.args((t) => ({
  ...connectionArgs,
  filter: t.field({ type: UserFilter }),
  sortBy: t.field({ type: UserSort, required: true, defaultValue: 'createdAt' }),
  sortOrder: t.field({ type: SortOrder, required: true, defaultValue: 'desc' }),
}));

builder.queryFields((t) => ({
  me: t.field({
    type: UserRef,
    nullable: true,
    resolve: (_root, _args, context) => {
      const caller = requireUser(context);
      return context.services.users.get(caller.id, caller);
    },
  }),
  user: t.field({
    type: UserRef,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, context) => {
      const caller = requireUser(context);
      return context.services.users.get(parseId(id, 'user'), caller);
    },
  }),
  users: t.field({
    type: UserConnection,
    args: listArgs,
    resolve: (_root, args, context) => {
      requireRole(context, 'admin');
      return context.services.users.connect(parseConnection(listUsersQuery, args));
    },
  }),
}));

const UpdateUserInput = builder.inputType('UpdateUserInput', {
  fields: (t) => ({ role: t.field({ type: UserRoleEnum }), disabled: t.boolean() }),
});
const UpdateUserPayload = payloadOf('UpdateUserPayload', 'user', UserRef);

builder.mutationFields((t) => ({
  updateUser: t.field({
    type: UpdateUserPayload,
    args: {
      id: t.arg.id({ required: true }),
      input: t.arg({ type: UpdateUserInput, required: true }),
      ifUpdatedAt,
    },
    resolve: (_root, { id, input, ifUpdatedAt }, context) => {
      const caller = requireRole(context, 'admin');
      return settle(() => {
        const userId = parseId(id, 'user');
        const values = parseValues(patchUser, input);
        const versions = versionsOf(ifUpdatedAt);
        return context.services.users.update(userId, values, versions, caller, context.log);
      });
    },
  }),
}));
