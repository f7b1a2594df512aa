import { capitalized } from '../../manifest/graphql-names.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { ResourceNames } from '../../manifest/names.ts';
import type { Parent, Resource, ResourceField } from '../resource.ts';

/** The row that a reference points to: `post.author`. */
export type Reference = { name: string; field: ResourceField; target: ResourceNames };

/** The rows that refer to a row of the target: `user.posts`. */
export type Backward = { name: string; field: ResourceField; target: ResourceNames };

/** The relations of the type of an endpoint that follow from its references, both ways. */
export function relationsOf(
  manifest: Manifest,
  { fields, operations, names }: Resource,
): { references: Reference[]; backward: Backward[] } {
  const shown = fields.flatMap((field) => {
    const { parent } = field;
    return parent && !field.private && hasType(manifest, parent) ? [{ field, parent }] : [];
  });
  const references = shown
    .filter(({ parent }) => isRead(parent.operations))
    .map(({ field, parent }) => ({ name: nameOf(field), field, target: parent.names }));
  if (!operations.has('list')) return { references, backward: [] };

  const taken = new Set<string>();
  const backward = shown.map(({ field, parent: { names: target } }) => {
    // The first reference keeps the plain name, so that another one changes no query.
    const isFirst = !taken.has(target.plural);
    taken.add(target.plural);
    const name = isFirst ? names.plural : `${names.plural}By${capitalized(nameOf(field))}`;
    return { name, field, target };
  });
  return { references, backward };
}

/** `authorId` to `author`. */
const nameOf = ({ name }: ResourceField): string => name.replace(/Id$/, '');

const isRead = (operations: Parent['operations']) => operations.has('list') || operations.has('get');

/** Whether an endpoint is part of the GraphQL schema. */
export function isInGraphql(manifest: Manifest, plural: string): boolean {
  const isOwn = Object.hasOwn(manifest.endpoints, plural);
  return manifest.graphql === true && (!isOwn || manifest.endpoints[plural]?.graphql !== false);
}

const hasType = (manifest: Manifest, { names }: Parent) => isInGraphql(manifest, names.plural);
