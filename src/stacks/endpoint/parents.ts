import type { ResourceNames } from '../../manifest/names.ts';
import type { Resource, ResourceField } from '../resource.ts';
import type { PrivateRef } from './private-refs.ts';

/** The endpoints whose rows a sample row refers to. */
export function parentsOf(fields: readonly ResourceField[]): ResourceNames[] {
  return inOrder(
    fields.flatMap(({ parent, circular }) => (parent && !circular ? [parent.names] : [])),
  );
}

/** The endpoints whose rows the test of an endpoint makes itself. */
export function testParents(
  { under, fields }: Resource,
  refs: readonly PrivateRef[],
): ResourceNames[] {
  const isMade = (field: ResourceField) =>
    (field.circular && field.unique) || parentRules([field]).length > 0;
  const made = [under, ...refs.map(({ field }) => field), ...fields.filter(isMade)];
  return inOrder(
    made.flatMap((field) => (field?.parent && !field.parent.isSelf ? [field.parent.names] : [])),
  );
}

/** The references to rows that callers may delete, with what becomes of the row then. */
export function parentRules(fields: readonly ResourceField[]) {
  return fields.flatMap(({ column, onDelete, parent }) => {
    if (!parent || parent.isSelf || !parent.operations.has('delete')) return [];
    return [{ column, onDelete, names: parent.names }];
  });
}

function inOrder(all: readonly ResourceNames[]): ResourceNames[] {
  const byPath = new Map(all.map((names) => [names.path, names]));
  return [...byPath.values()].sort((one, other) => (one.path < other.path ? -1 : 1));
}
