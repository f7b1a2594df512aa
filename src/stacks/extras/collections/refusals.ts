import type { Operation } from '../../../manifest/manifest.ts';
import { whoMayDo } from '../../places.ts';
import { answers, isRefused, type Value } from './answer.ts';
import { bodyOf, isFresh } from './body.ts';
import { type Ask, nobody } from './collection.ts';
import type { Endpoint } from './endpoint.ts';
import { expectedOf } from './reach.ts';

const methods: Readonly<Record<Operation, string>> = {
  list: 'GET',
  get: 'GET',
  create: 'POST',
  replace: 'PUT',
  update: 'PATCH',
  delete: 'DELETE',
};

/** An id that no row has. */
const unknownId = '00000000-0000-7000-8000-000000000000';

/** One request for each way in which an endpoint refuses. */
export function refusals(endpoint: Endpoint): Ask[] {
  const { resource } = endpoint;
  return [
    ...(resource.operations.has('create')
      ? [invalid(endpoint), ...taken(endpoint), ...stale(endpoint)]
      : []),
    ...missing(endpoint),
    ...signedOut(endpoint),
  ];
}

function invalid({ resource, collection }: Endpoint): Ask {
  const expected = expectedOf(resource, whoMayDo(resource, 'create'), [422], 'anybody');
  return {
    name: 'Refuse a field that there is not',
    method: 'POST',
    path: collection,
    body: bodyOf({ noSuchField: { json: true } }),
    before: [],
    after: [answers(expected), isRefused(422, 'noSuchField')],
  };
}

/** A second row with the values of the first. */
function taken({ own, rowOf, collection, needsRow, needsRefs, expected }: Endpoint): Ask[] {
  if (!own.some(isFresh)) return [];
  return [
    {
      name: 'Refuse what another one has',
      method: 'POST',
      path: collection,
      body: bodyOf(rowOf(1)),
      before: [...needsRow, ...needsRefs],
      after: [answers(expected('create', 409)), isRefused(409)],
    },
  ];
}

/** A change of a row that was changed since it was read. */
function stale({ resource, member, needsRow, expected }: Endpoint): Ask[] {
  if (!resource.operations.has('update')) return [];
  return [
    {
      name: 'Refuse the tag of another version',
      method: 'PATCH',
      path: member,
      headers: { 'If-Match': '"another"' },
      body: bodyOf({}),
      before: needsRow,
      after: [answers(expected('update', 412)), isRefused(412)],
    },
  ];
}

function missing({ resource, collection, rowOf, needsRefs }: Endpoint): Ask[] {
  const operation = (['get', 'update', 'delete', 'replace'] as const).find((each) =>
    resource.operations.has(each),
  );
  if (operation === undefined) return [];
  const expected = expectedOf(resource, whoMayDo(resource, operation), [404], 'anybody');
  const values: Record<string, Value> = operation === 'replace' ? rowOf(2) : {};
  return [
    {
      name: 'Refuse an id that there is not',
      method: methods[operation],
      path: `${collection}/${unknownId}`,
      ...(operation === 'replace' || operation === 'update' ? { body: bodyOf(values) } : {}),
      before: operation === 'replace' ? needsRefs : [],
      after: [answers(expected), isRefused(404)],
    },
  ];
}

function signedOut({ resource, collection }: Endpoint): Ask[] {
  const { operations, access } = resource;
  const guarded = [...operations].find((each) => whoMayDo(resource, each).kind !== 'public');
  if (access === undefined || guarded === undefined) return [];
  const isOfRow = guarded !== 'list' && guarded !== 'create';
  const hasBody = guarded === 'create' || guarded === 'update' || guarded === 'replace';
  return [
    {
      name: 'Refuse who has not signed in',
      method: methods[guarded],
      path: isOfRow ? `${collection}/${unknownId}` : collection,
      ...(hasBody ? { body: bodyOf({}) } : {}),
      as: nobody,
      before: [],
      after: [answers({ statuses: [401] }), isRefused(401)],
    },
  ];
}
