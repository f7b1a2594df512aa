import { ts } from 'ts-morph';
import type { WireResult } from '../../../manifest/change.ts';
import type { Wanted } from '../../typescript/wire/imports.ts';
import { parseSource } from '../../typescript/wire/parse.ts';
import type { Removal } from '../../typescript/wire/remove.ts';
import {
  type Binding,
  bindingsOf,
  meantBy,
  otherMentions,
  removeBindings,
  usesOf,
} from '../../typescript/wire/remove-import.ts';
import { readScopes } from '../../typescript/wire/scope.ts';
import { type Found, unwired, unwiredUnparsed } from '../../typescript/wire/unwired.ts';
import { describeUse, type RoutesFile } from './mounted.ts';
import { removeMount } from './remove-mount.ts';
import { readRouterUses } from './router-uses.ts';

/** Takes the mount of an endpoint's routes, and their import, out of the file that lists them all. */
export function unwireRoutes(text: string | undefined, route: Wanted): WireResult {
  if (text === undefined) return { status: 'already' };
  const source = parseSource(text);
  if (!source) return unwiredUnparsed(text, [route.name, route.from]);
  const found = findRoutes(source, route);
  if (found.nodes.length === 0) return { status: 'already' };
  return unwired(text, found, (edited) => findRoutes(edited, route).nodes.length === 0);
}

function findRoutes(source: ts.SourceFile, route: Wanted): Found {
  const scopes = readScopes(source);
  const file = { source, scopes, uses: readRouterUses(scopes) };
  const bindings = bindingsOf(source, route);
  const others = otherMentions(source, route.from);
  const uses = usesOf(bindings, scopes, route.name);
  const nodes = [...bindings.map(({ declaration }) => declaration), ...uses, ...others];
  return { nodes, removals: removalsOf(file, route, bindings, uses, others) };
}

function removalsOf(
  file: RoutesFile,
  route: Wanted,
  bindings: Binding[],
  uses: ts.Identifier[],
  others: ts.Node[],
): Removal[] | { reason: string } {
  if (others.length > 0) {
    return { reason: `${route.from} is used otherwise than to import its routes` };
  }
  if (uses.length > 1) return { reason: `${route.name} is used in ${uses.length} places` };
  const imports = removeBindings(file.source, bindings);
  const [use] = uses;
  if ('reason' in imports || !use) return imports;
  const expression = meantBy(use, bindings);
  if (!expression || !ts.isExpression(expression))
    return { reason: `${use.text} is also used elsewhere` };
  const mount = removeMount(file, expression);
  if (mount === undefined) return { reason: describeUse(expression, route.name) };
  return 'reason' in mount
    ? { reason: `the mount of ${route.name} ${mount.reason}` }
    : [...imports, ...mount];
}
