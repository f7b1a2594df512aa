import { filtersOf } from '../../endpoint/filters.ts';
import type { Resource } from '../../resource.ts';
import { answers, hasForm, hasRow, isPage, readBody, where } from './answer.ts';
import type { Ask, Parameter } from './collection.ts';
import { type Endpoint, nesting } from './endpoint.ts';
import { type Line, sets } from './script.ts';

/** Pages, also below a parent. */
export function listRequests(endpoint: Endpoint): Ask[] {
  const { resource, reach, collection, needsRow, expected } = endpoint;
  const { names, pagination, operations } = resource;
  const size = pagination === 'cursor' ? 'limit' : 'perPage';
  const numbers = pagination === 'cursor' ? ['limit'] : ['page', 'perPage', 'total', 'totalPages'];
  const isMade = operations.has('create');
  const { made, known } = reach;
  const page: Line[] = [readBody, hasForm, isPage(numbers)];
  const finds: Line[] =
    known === made
      ? []
      : [({ get, set }) => `if (!${get(known)} && data.length > 0) ${set(known, 'data[0].id')}`];
  const first: Ask = {
    name: 'List',
    method: 'GET',
    path: collection,
    query: [{ name: size, value: '100', isOff: false }, ...filterParameters(resource)],
    before: known === made || isMade ? [] : [sets(known, '""')],
    after: [
      answers(expected('list', 200)),
      where(200, ...page, ...(isMade && needsRow.length === 0 ? [hasRow(made)] : []), ...finds),
    ],
  };
  const below = nesting(endpoint, collection.slice(0, -names.path.length - 1));
  if (below === undefined) return [first];
  return [
    first,
    {
      name: `List below ${below.human}`,
      method: 'GET',
      path: below.path,
      query: [{ name: size, value: '100', isOff: false }],
      before: below.needs,
      after: [answers(expected('list', 200)), where(200, ...page)],
    },
  ];
}

/** What lists can be asked for as well. */
function filterParameters({ fields }: Resource): Parameter[] {
  const off = (name: string, value = '') => ({ name, value, isOff: true });
  return [
    off('sortBy', fields.find(({ sort }) => sort)?.name ?? 'createdAt'),
    off('sortOrder', 'asc'),
    ...(fields.some(({ search }) => search) ? [off('search')] : []),
    ...filtersOf(fields).map(({ param }) => off(param)),
  ];
}
