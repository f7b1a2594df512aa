import { hasPart } from '../../../manifest/account-parts.ts';
import type { Manifest } from '../../../manifest/manifest.ts';
import { knownRoles } from '../../../manifest/roles.ts';
import { describeAll } from '../../resource.ts';
import { toLiteral } from '../../typescript/literal.ts';
import { accountTypes } from './account-types.ts';
import type { NamedType } from './endpoint-view.ts';
import { endpointView } from './endpoint-view.ts';

/** Everything that the template of the client names. */
export function clientView(manifest: Manifest, isTaken: (name: string) => boolean) {
  const hasMail = hasPart(manifest, 'mail');
  const resources = describeAll(manifest);
  const users = resources.find(({ isAccounts }) => isAccounts);
  const endpoints = resources.map((resource) => {
    const { Singular } = resource.names;
    return endpointView(resource, isTaken(Singular) ? `${Singular}Row` : Singular, hasMail);
  });
  const types = [
    ...(users ? accountTypes(manifest, users) : []),
    ...endpoints.flatMap((each) => each.types),
  ];
  const pages = endpoints.flatMap(({ can, pages: kind }) => (can.list ? [kind] : []));
  const byCursor = users !== undefined || pages.includes('byCursor');
  const byNumber = pages.includes('byNumber');
  const uses = (name: string) =>
    types.some(({ members }) => members.some(({ type }) => new RegExp(`\\b${name}\\b`).test(type)));
  return {
    name: manifest.name,
    basePath: manifest.basePath,
    accounts: users !== undefined,
    mail: hasMail,
    browser: hasPart(manifest, 'browser'),
    oidc: hasPart(manifest, 'oidc'),
    roles: knownRoles(manifest.roles).names.map(toLiteral).join(' | '),
    uses: {
      json: uses('Json'),
      decimal: uses('Decimal'),
      day: uses('Day'),
      time: uses('TimeOfDay'),
    },
    types: types.map(typeView),
    example: endpoints.find(({ can, isAccounts }) => can.list && !isAccounts) ?? false,
    endpoints,
    user: endpoints.find((each) => each.isAccounts)?.names.row ?? false,
    deletesUsers: endpoints.some(({ can, isAccounts }) => can.delete && isAccounts),
    lists: byCursor || byNumber,
    byCursor,
    byNumber,
  };
}

const typeView = ({ name, members }: NamedType) => ({
  name,
  members: members.map(({ name, type, optional }) => ({
    member: `${name}${optional ? '?' : ''}: ${type};`,
  })),
});
