import type { Manifest } from '../../manifest/manifest.ts';
import type { Who } from '../../manifest/who.ts';
import { capabilities } from '../endpoint/capabilities.ts';
import { statusesOfUsers } from '../endpoint/statuses.ts';
import { toLiteral } from '../python/literal.ts';
import { describeResource } from '../resource.ts';
import { ruleView } from './access-view.ts';
import { listRoles, rolesView } from './roles-view.ts';

/** Everything that the templates of the accounts name: the fields are those that were added. */
export function usersView(manifest: Manifest, plural: string) {
  const described = describeResource(manifest, plural);
  const resource = { ...described, fields: described.fields.filter((field) => !field.isBuiltIn) };
  const { access, operations, pagination, rateLimit, roles } = resource;
  if (access === undefined) throw new Error(`${plural} are accounts, and have no rules of access`);
  const rule = (who: Who) => ({
    ...ruleView(who, access, { isPassed: true }),
    isOwner: who.isOwner,
    /** Whether the caller may not do it, with themselves or anybody. */
    isBarred: [
      ...(who.isOwner ? ['user_id != caller.id'] : []),
      `not has_role(caller, ${listRoles(who.roles)})`,
    ].join(' and '),
  });
  return {
    can: capabilities({ operations }),
    roles: rolesView(roles),
    isByCursor: pagination === 'cursor',
    ...(pagination === 'cursor'
      ? { pageQuery: 'CursorQuery', pages: 'CursorPages', pageModel: 'CursorPage' }
      : { pageQuery: 'PageQuery', pages: 'NumberedPages', pageModel: 'NumberedPage' }),
    read: rule(access.read),
    create: rule(access.create),
    update: rule(access.update),
    remove: rule(access.delete),
    readRoles: listRoles(access.read.roles),
    rateLimit: rateLimit ?? false,
    statusRows: statusesOfUsers(resource).map(({ operation, statuses }) => ({
      operation: toLiteral(operation),
      statuses: statuses.join(', '),
    })),
  };
}
