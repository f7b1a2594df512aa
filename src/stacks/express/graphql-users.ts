import type { Manifest } from '../../manifest/manifest.ts';
import type { Who } from '../../manifest/who.ts';
import { describeUsers } from '../graphql/account-types.ts';
import type { Resource } from '../resource.ts';
import { toLiteral } from '../typescript/literal.ts';
import { usersTable } from './access-tests.ts';
import { graphqlTestView } from './graphql-test-view.ts';
import { graphqlView, inputView } from './graphql-view.ts';
import { listRoles } from './readers.ts';
import { usersView } from './users-view.ts';

/** Everything that the GraphQL templates of the accounts name. */
export function graphqlUsersView(
  manifest: Manifest,
  plural: string,
  view = usersView(manifest, plural),
) {
  const { resource, described, profile } = describeUsers(manifest);
  const { access, rateLimit } = resource;
  if (access === undefined) throw new Error(`${plural} are accounts, and have no rules of access`);
  // The service of users asks who calls before everything.
  const passed = { parameter: 'caller' };
  const rules = { read: passed, create: passed, update: passed, remove: passed };
  const own = graphqlView(manifest, resource, rules, described);
  const use = rateLimit
    ? `await context.countUse(${view.limitName}, ${toLiteral(rateLimit)});`
    : '';
  return {
    ...view,
    ...own,
    remove: { ...own.remove, isOwner: access.delete.isOwner },
    mutates: own.mutates || profile.length > 0,
    list: {
      head: use ? 'async ' : '',
      lines: [...(use ? [use] : []), `${listGuard(access.read)};`],
    },
    nestedGuard: listGuard(access.read),
    profileInput: profile.map(inputView),
    tested: testedUsers(manifest, resource),
  };
}

/** Only who may read all users gets lists of them. */
const listGuard = ({ roles }: Who) => `requireRole(context, ${listRoles(roles)})`;

function testedUsers(manifest: Manifest, resource: Resource) {
  const { operations } = resource;
  const asked = [...operations].filter((operation) => operation !== 'replace');
  return {
    ...graphqlTestView(manifest, resource),
    table: usersTable({ ...resource, operations: new Set(asked) }),
  };
}
