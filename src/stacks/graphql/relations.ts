import { backwardNames, isInGraphql, referenceName } from '../../manifest/graphql-names.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { ResourceNames } from '../../manifest/names.ts';
import type { Parent, Resource, ResourceField } from '../resource.ts';

/** A field of one type that leads to rows of another, by way of a reference. */
export type Relation = { name: string; field: ResourceField; target: ResourceNames };

/**
 * The relations of an endpoint: `post.author`, the rows that its references point to, and
 * `user.posts`, the fields that other types get for the rows that refer to theirs.
 */
export function relationsOf(
  manifest: Manifest,
  { fields, operations, names }: Pick<Resource, 'fields' | 'operations' | 'names'>,
): { references: Relation[]; backward: Relation[] } {
  const shown = fields.flatMap((field) => {
    const { parent } = field;
    const isShown =
      parent && !field.private && !field.self && isInGraphql(manifest, parent.names.plural);
    return isShown ? [{ field, parent, target: parent.names }] : [];
  });
  const references = shown
    .filter(({ parent }) => isRead(parent.operations))
    .map(({ field, target }) => ({ name: referenceName(field.name), field, target }));
  if (!operations.has('list')) return { references, backward: [] };
  const asked = shown.map(({ field, target }) => ({
    name: field.name,
    to: target.plural,
    isOwner: field.owner,
  }));
  const nameOf = backwardNames(names.plural, asked);
  const backward = shown.map(({ field, target }) => {
    return { name: nameOf.get(field.name) ?? names.plural, field, target };
  });
  return { references, backward };
}

/** Whether a row can be read by its id; a relation must not show more than REST. */
const isRead = (operations: Parent['operations']) =>
  operations.has('list') || operations.has('get');
