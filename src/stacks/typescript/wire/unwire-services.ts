import type { ts } from 'ts-morph';
import type { WireResult } from '../../../manifest/change.ts';
import { contains } from './expressions.ts';
import { findServices, serviceNamed } from './find-services.ts';
import { parseSource } from './parse.ts';
import { sourceOf } from './positions.ts';
import { applyRemovals, type Removal, removeElement } from './remove.ts';
import { bindingsOf, meantBy, otherMentions, removeBindings, usesOf } from './remove-import.ts';
import { readScopes } from './scope.ts';
import type { Service } from './services.ts';
import { type Found, unwired, unwiredUnparsed } from './unwired.ts';

/** Removes the service of an endpoint from the object of all services. */
export function unwireServices(text: string | undefined, service: Service): WireResult {
  if (text === undefined) return { status: 'already' };
  const source = parseSource(text);
  if (!source) return unwiredUnparsed(text, [service.create, service.from]);
  const found = findService(source, service);
  if (found.nodes.length === 0) return { status: 'already' };
  return unwired(text, found, (edited) => findService(edited, service).nodes.length === 0);
}

function findService(source: ts.SourceFile, { name, create, from }: Service): Found {
  const scopes = readScopes(source);
  const bindings = bindingsOf(source, { name: create, from });
  const uses = usesOf(bindings, scopes, create);
  const others = otherMentions(source, from);
  const services = findServices(source, scopes);
  const property = 'reason' in services ? undefined : serviceNamed(services, name);
  const declarations = bindings.map(({ declaration }) => declaration);
  const nodes = [...declarations, ...(property ? [property] : []), ...uses, ...others];
  const imports = removeBindings(source, bindings);
  const isIn = (use: ts.Identifier) =>
    property !== undefined && contains(property, use) && meantBy(use, bindings) !== undefined;

  if ('reason' in imports) return { nodes, removals: imports };
  const reason =
    others.length > 0
      ? `${from} is used otherwise than to import its service`
      : !uses.every(isIn)
        ? `${create} is used outside of the property ${name}`
        : property && uses.length === 0
          ? `the property ${name} exists, but is not created by ${create}`
          : undefined;
  if (reason) return { nodes, removals: { reason } };
  const own = property && !('reason' in services) ? removeProperty(services, property) : [];
  return { nodes, removals: [...imports, ...own] };
}

function removeProperty(
  services: ts.ObjectLiteralExpression,
  property: ts.ObjectLiteralElementLike,
): Removal[] {
  const { properties, end } = services;
  const { text } = sourceOf(services);
  const removals = removeElement(properties, property, end - 1);
  const inside = { start: properties.pos, end: end - 1 };
  const left = applyRemovals(
    text.slice(inside.start, inside.end),
    removals.map((each) => ({ start: each.start - inside.start, end: each.end - inside.start })),
  );
  // Braces on one line without content are closed as the formatter does.
  return /^[ \t]*$/.test(left) ? [inside] : removals;
}
