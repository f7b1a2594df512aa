import { ts } from 'ts-morph';
import { methodCall, wrapped } from '../../typescript/wire/expressions.ts';
import type { ImportFound } from '../../typescript/wire/imports.ts';
import { isReference, references, resolveName, type Scopes } from '../../typescript/wire/scope.ts';
import { whyUnreached } from './reachable.ts';
import { listOf } from './route-lists.ts';
import type { Use } from './router-uses.ts';

export type RoutesFile = { source: ts.SourceFile; scopes: Scopes; uses: Use[] };

/** Whether the routes are mounted, are not, or are used in a way that leaves it open. */
export function findMount(
  file: RoutesFile,
  imported: ImportFound,
  name: string,
): 'mounted' | 'unmounted' | { reason: string } {
  const found = referencesTo(file, imported, name);
  if (found.length === 0) return 'unmounted';
  const reasons: string[] = [];
  for (const reference of found) {
    const mounts = mountsThrough(file, reference);
    if (mounts.length === 0) reasons.push(describeUse(reference, name));
    for (const mount of mounts) {
      const why = whyUnreached(mount, file.uses, file.scopes);
      if (!why) return 'mounted';
      reasons.push(`the mount of ${name} ${why}`);
    }
  }
  return { reason: reasons[0] ?? '' };
}

/** Every place where the function is used, also as `orders.ordersRoutes`. */
function referencesTo(file: RoutesFile, imported: ImportFound, name: string): ts.Expression[] {
  const expression = imported.status === 'imported' ? imported.expression : name;
  const declaration = imported.status === 'imported' ? imported.declaration : undefined;
  const [local = name, member] = expression.split('.');
  return (file.scopes.identifiers.get(local) ?? [])
    .filter(
      (id) =>
        isReference(id) &&
        !ts.isExportSpecifier(id.parent) &&
        !ts.isTypeQueryNode(id.parent) &&
        resolveName(file.scopes, id, local) === declaration,
    )
    .flatMap((id): ts.Expression[] => {
      if (member === undefined) return [id];
      const access = id.parent;
      return ts.isPropertyAccessExpression(access) && access.name.text === member ? [access] : [];
    });
}

function mountsThrough(file: RoutesFile, reference: ts.Expression): ts.CallExpression[] {
  const outer = wrapped(reference);
  const parent = outer.parent;
  if (ts.isCallExpression(parent) && parent.expression === outer) {
    return mountsOfRouter(file, parent);
  }
  return mountsInList(file, outer, true);
}

function mountsOfRouter(file: RoutesFile, made: ts.Expression): ts.CallExpression[] {
  const outer = wrapped(made);
  const parent = outer.parent;
  if (isUseOf(parent, outer)) return [parent];
  if (ts.isVariableDeclaration(parent)) {
    return references(parent, file.scopes).flatMap((id) =>
      isUseOf(id.parent, id) ? [id.parent] : mountsInList(file, id, false),
    );
  }
  return mountsInList(file, outer, false);
}

/** The calls that mount a list which an element stands in. */
export function mountsInList(
  file: RoutesFile,
  element: ts.Node,
  called: boolean,
): ts.CallExpression[] {
  const array = element.parent;
  if (!ts.isArrayLiteralExpression(array)) return [];
  return file.uses.flatMap((use) => {
    const list = listOf(use, file.scopes);
    return list?.array === array && list.called === called ? [use.call] : [];
  });
}

export function isUseOf(node: ts.Node, argument: ts.Node): node is ts.CallExpression {
  const call = methodCall(node);
  return call?.method === 'use' && call.call.arguments.some((each) => each === argument);
}

export function describeUse(reference: ts.Expression, name: string): string {
  return isUseOf(wrapped(reference).parent, wrapped(reference))
    ? `${name} is passed to use() without being called`
    : `${name} is used already, but it is unclear whether it is mounted`;
}
