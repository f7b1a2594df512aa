import { ts } from 'ts-morph';
import { contains } from './expressions.ts';
import type { ImportFound } from './imports.ts';
import { isReference, resolveName, type Scopes } from './scope.ts';

/** Whether a member of a list uses what was imported, by its name or as a part of a namespace. */
export function mentions(
  scopes: Scopes,
  member: ts.Node,
  expression: string,
  imported: ImportFound,
): boolean {
  const [first = expression, second] = expression.split('.');
  const declaration = imported.status === 'imported' ? imported.declaration : undefined;
  return (scopes.identifiers.get(first) ?? []).some(
    (name) =>
      contains(member, name) &&
      isReference(name) &&
      resolveName(scopes, name, first) === declaration &&
      (second === undefined || partOf(name.parent) === second),
  );
}

/** The last name in `posts.PostsTable`, a type, or `posts.createPostsService`, a value. */
function partOf(node: ts.Node): string | undefined {
  if (ts.isQualifiedName(node)) return node.right.text;
  return ts.isPropertyAccessExpression(node) ? node.name.text : undefined;
}
