import type { Manifest } from '../../manifest/manifest.ts';
import type { Who } from '../../manifest/who.ts';
import { statusesOfUsers } from '../endpoint/statuses.ts';
import { describeUsers } from '../graphql/account-types.ts';
import { toLiteral } from '../python/literal.ts';
import { askedOperations, graphqlTestView } from './graphql-test-view.ts';
import { graphqlNeeds, graphqlView, inputView } from './graphql-view.ts';
import { listRoles } from './readers.ts';

/** Everything that the GraphQL templates of the accounts name; false where there is no GraphQL. */
export function graphqlUsersView(manifest: Manifest) {
  if (!manifest.graphql) return false;
  const { resource, described, profile } = describeUsers(manifest);
  const needs = graphqlNeeds(manifest, resource);
  const { access, rateLimit, names } = resource;
  if (needs === false || access === undefined) return false;
  // The service of users asks who calls before everything.
  const passed = { parameter: ', caller: Caller', argument: ', caller' };
  const rules = { read: passed, create: passed, update: passed, remove: passed };
  const own = graphqlView(manifest, resource, rules, described);
  const use = rateLimit
    ? [`await info.context.count_use(${toLiteral(names.path)}, ${toLiteral(rateLimit)})`]
    : [];
  return {
    ...needs,
    ...own,
    readers: `caller, ${listRoles(access.read.roles)}`,
    hasSelf: own.fields.some(({ isSelf }) => isSelf),
    isDeletedBySelf: access.delete.isOwner,
    mutates: own.mutates || profile.length > 0,
    list: { lines: [...use, listGuard(access.read, 'info.context.request')] },
    nested: { lines: [listGuard(access.read, 'context.request')], argument: '' },
    tested: graphqlTestView(manifest, resource),
    statuses: statusesOfUsers({ ...resource, operations: new Set(askedOperations(resource)) }).map(
      ({ operation, statuses }) => `(${toLiteral(operation)}, ${statuses.join(', ')})`,
    ),
    selfFields: described.fields.flatMap(({ name, isSelf }) => (isSelf ? [name] : [])).join(' '),
    profileInput: profile.map((value) => inputView(value, resource)),
    admin: toLiteral(resource.roles.admin),
  };
}

/** Only who may read all users gets lists of them. */
const listGuard = ({ roles }: Who, request: string) =>
  `await require_role(${listRoles(roles)})(${request})`;
