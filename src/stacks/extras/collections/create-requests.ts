import type { ResourceField } from '../../resource.ts';
import { answers, keeps, keepsTag, type Value, where } from './answer.ts';
import { bodyOf, freshen } from './body.ts';
import type { Ask } from './collection.ts';
import { childName, type Endpoint, nestedName, nesting } from './endpoint.ts';
import { sets } from './script.ts';

/** Rows that are made: of the endpoint, of one another, and below a parent. */
export function createRequests(endpoint: Endpoint): Ask[] {
  const { reach, resource, own, self, rowOf, needsRefs, collection, tag, row, expected } = endpoint;
  const { names, operations, owner } = resource;
  const { made, known, isSingle } = reach;
  const values = rowOf(1);
  const ownerValue: Record<string, Value> =
    owner?.readonly && resource.access?.create.kind !== 'public'
      ? { [owner.name]: { variable: 'userId', isNumber: false } }
      : {};
  const keepsBoth = [keeps(made, 'data.id'), ...(known === made ? [] : [keeps(known, 'data.id')])];
  const forgets = [sets(made, '""'), ...(known === made ? [] : [sets(known, '""')])];
  const mayBeThere = isSingle && !operations.has('delete');
  const first: Ask = {
    name: 'Create',
    method: 'POST',
    path: collection,
    body: bodyOf(values),
    before: [...forgets, ...needsRefs, ...freshen(names.singular, own)],
    after: [
      answers(expected('create', 201, ...(mayBeThere ? [409] : []))),
      where(201, ...row({ ...values, ...ownerValue }), ...keepsBoth, keepsTag(tag)),
    ],
  };
  return [first, ...(self ? [childRequest(endpoint, self)] : []), ...nestedCreate(endpoint)];
}

/** A row that refers to another one of its own kind. */
function childRequest(endpoint: Endpoint, self: ResourceField): Ask {
  const { resource, reach, own, rowOf, needsRow, collection, row, expected } = endpoint;
  const { names } = resource;
  const values: Record<string, Value> = {
    ...rowOf(2),
    [self.name]: { variable: reach.made, isNumber: false },
  };
  return {
    name: 'Create another that refers to it',
    method: 'POST',
    path: collection,
    body: bodyOf(values),
    before: [sets(childName(endpoint), '""'), ...needsRow, ...freshen(names.singular, own)],
    after: [
      answers(expected('create', 201)),
      where(201, ...row(values), keeps(childName(endpoint), 'data.id')),
    ],
  };
}

function nestedCreate(endpoint: Endpoint): Ask[] {
  const { resource, reach, own, rowOf, needsRefs, row, expected, collection } = endpoint;
  const { names } = resource;
  const below = nesting(endpoint, collection.slice(0, -names.path.length - 1));
  if (below === undefined) return [];
  const { [below.under.name]: parent, ...values } = rowOf(3);
  const status = reach.isSingle ? 409 : 201;
  return [
    {
      name: `Create below ${below.human}`,
      method: 'POST',
      path: below.path,
      body: bodyOf(values),
      before: [
        sets(nestedName(endpoint), '""'),
        ...below.needs,
        ...needsRefs,
        ...freshen(names.singular, own),
      ],
      after: [
        answers(expected('create', status)),
        where(
          201,
          ...row({ ...values, ...(parent && { [below.under.name]: parent }) }),
          keeps(nestedName(endpoint), 'data.id'),
        ),
      ],
    },
  ];
}
