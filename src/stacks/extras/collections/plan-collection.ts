import { isAccounts } from '../../../manifest/accounts.ts';
import type { Manifest } from '../../../manifest/manifest.ts';
import { describeAll } from '../../resource.ts';
import { signInFolder, signOutRequests, usersFolder } from './account-folders.ts';
import { answers, isRefused } from './answer.ts';
import { type Ask, type Collection, type Folder, nobody, type Variable } from './collection.ts';
import { childName, describeEndpoint, type Endpoint, nestedName } from './endpoint.ts';
import { endpointFolder } from './endpoint-folder.ts';
import { graphqlFolder, hasChange } from './graphql-folder.ts';
import { inOrder, isHeld, type Reach, reachesOf } from './reach.ts';
import { needs } from './script.ts';

/** The requests that try a whole backend, one after another, and take away what they made. */
export function planCollection(manifest: Manifest): Collection {
  const resources = describeAll(manifest);
  const users = resources.find(({ names }) => isAccounts(manifest, names.plural));
  const ordered = inOrder(resources);
  const reaches = reachesOf(ordered);
  const all = new Map(reaches.map((reach) => [reach.resource.names.plural, reach]));
  const endpoints = reaches
    .filter(({ resource }) => resource !== users)
    .map((reach) => describeEndpoint(manifest.basePath, reach, all));
  const cleanUp: Ask[] = [
    ...endpoints.toReversed().flatMap((endpoint) => deletions(manifest, endpoint, reaches)),
    ...(users ? signOutRequests(manifest, users, isHeld(users.names.plural, reaches)) : []),
  ];
  return {
    name: manifest.name,
    description: 'Written from backend.json by gen; the requests run in their order.',
    isSecured: users !== undefined,
    variables: [variable('baseUrl', 'http://localhost:3000'), ...(users ? account : [])],
    folders: [
      serviceFolder,
      ...(users ? [signInFolder(manifest, users), usersFolder(manifest, users)] : []),
      ...endpoints.map(endpointFolder),
      graphqlFolder(manifest, users, endpoints),
      ...(cleanUp.length > 0 ? [{ name: 'clean up', requests: cleanUp }] : []),
    ].filter(({ requests }) => requests.length > 0),
  };
}

const variable = (name: string, value: string, isSecret = false): Variable => ({
  name,
  value,
  isSecret,
});
const account = [variable('email', ''), variable('password', '', true)];

const serviceFolder: Folder = {
  name: 'service',
  requests: [
    {
      name: 'Health',
      method: 'GET',
      path: '/health',
      as: nobody,
      before: [],
      after: [answers({ statuses: [200] })],
    },
    {
      name: 'Readiness',
      method: 'GET',
      path: '/ready',
      as: nobody,
      before: [],
      after: [answers({ statuses: [200] })],
    },
    {
      name: 'Refuse a path that there is not',
      method: 'GET',
      path: '/no-such-path',
      as: nobody,
      before: [],
      after: [answers({ statuses: [404] }), isRefused(404)],
    },
  ],
};

/** What was made of an endpoint goes, what refers to others first. */
function deletions(manifest: Manifest, endpoint: Endpoint, reaches: readonly Reach[]): Ask[] {
  const { resource, reach, self, tag, collection, expected } = endpoint;
  const { names, operations, under } = resource;
  if (!operations.has('create') || !operations.has('delete')) return [];
  const statuses = isHeld(names.plural, reaches) ? [204, 409] : [204];
  const isChanged = hasChange(manifest, endpoint);
  const remove = (name: string, id: string): Ask => ({
    name,
    method: 'DELETE',
    path: `${collection}/{{${id}}}`,
    ...(id === reach.made && !isChanged && { headers: { 'If-Match': `{{${tag}}}` } }),
    before: id === reach.made && reach.isCertain ? [] : [needs(id)],
    after: [answers(expected('delete', ...statuses))],
  });
  return [
    ...(under ? [remove(`Delete the ${names.humanSingular} below`, nestedName(endpoint))] : []),
    ...(self
      ? [remove(`Delete the ${names.humanSingular} that refers to another`, childName(endpoint))]
      : []),
    remove(`Delete the ${names.humanSingular}`, reach.made),
  ];
}
