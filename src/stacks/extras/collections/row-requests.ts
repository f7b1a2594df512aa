import { answers, keepsTag, type Value, where } from './answer.ts';
import { bodyOf, fieldValue, freshen } from './body.ts';
import type { Ask } from './collection.ts';
import type { Endpoint } from './endpoint.ts';

/** The row that was made is read. */
export function getRequests(endpoint: Endpoint): Ask[] {
  const { resource, reach, member, needsRow, tag, row, expected } = endpoint;
  if (!resource.operations.has('create')) return [];
  return [
    {
      name: 'Get',
      method: 'GET',
      path: member,
      before: needsRow,
      after: [
        answers(expected('get', 200)),
        where(200, ...row({ id: { variable: reach.made, isNumber: false } }), keepsTag(tag)),
      ],
    },
  ];
}

export function replaceRequests(endpoint: Endpoint): Ask[] {
  return changeRequest(endpoint, 'replace', endpoint.rowOf(2));
}

export function updateRequests(endpoint: Endpoint): Ask[] {
  const { own, resource } = endpoint;
  const changed = own.find((field) => !field.unique && !field.private);
  const values: Record<string, Value> =
    changed === undefined
      ? {}
      : { [changed.name]: fieldValue(resource.names.singular, changed, 3) };
  return changeRequest(endpoint, 'update', values);
}

/** A change of the row, if it is as it was read. */
function changeRequest(
  endpoint: Endpoint,
  operation: 'replace' | 'update',
  values: Record<string, Value>,
): Ask[] {
  const { resource, own, member, needsRow, tag, row, expected } = endpoint;
  if (!resource.operations.has('create')) return [];
  return [
    {
      name: operation === 'replace' ? 'Replace' : 'Change',
      method: operation === 'replace' ? 'PUT' : 'PATCH',
      path: member,
      headers: { 'If-Match': `{{${tag}}}` },
      body: bodyOf(values),
      before: [
        ...needsRow,
        ...(operation === 'replace' ? freshen(resource.names.singular, own) : []),
      ],
      after: [answers(expected(operation, 200)), where(200, ...row(values), keepsTag(tag))],
    },
  ];
}
