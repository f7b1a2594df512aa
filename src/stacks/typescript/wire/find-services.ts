import { ts } from 'ts-morph';
import { homeOf, unwrap, wrapped } from './expressions.ts';
import { moduleOfBinding } from './imports.ts';
import { findAll } from './parse.ts';
import { textOf } from './positions.ts';
import { resolveName, type Scopes } from './scope.ts';

type Services = ts.ObjectLiteralExpression;

/** Finds the object of all services: what createServices gives, or the only one it can be. */
export function findServices(source: ts.SourceFile, scopes: Scopes): Services | { reason: string } {
  const objects = findAll(source, ts.isObjectLiteralExpression);
  const named = objects.filter((object) => isGivenBy(object, 'createServices'));
  const filled = objects.filter((object) =>
    object.properties.some((property) => makerOf(property, scopes) !== undefined),
  );
  const found = named.length > 0 ? named : filled;
  const narrowed = found.length > 1 ? found.filter((each) => filled.includes(each)) : found;
  const [only] = narrowed;
  if (only && narrowed.length === 1) return only;
  return { reason: 'no object was found that createServices gives back' };
}

/** What the other services get as their database, or a `db` that is known there. */
export function databaseFor(services: Services, scopes: Scopes): string | undefined {
  const given = services.properties.flatMap((property) => {
    const [database] = makerOf(property, scopes)?.arguments ?? [];
    return database ? [textOf(database)] : [];
  });
  const isKnown = resolveName(scopes, services, 'db') !== undefined;
  return given.at(-1) ?? (isKnown ? 'db' : undefined);
}

/** The call that makes a service: of what a file of services exports. */
function makerOf(property: ts.ObjectLiteralElementLike, scopes: Scopes) {
  if (!ts.isPropertyAssignment(property)) return undefined;
  const call = unwrap(property.initializer);
  if (!ts.isCallExpression(call)) return undefined;
  const [callee] = findAll(call.expression, ts.isIdentifier);
  const declaration = callee && resolveName(scopes, callee, callee.text);
  const from = declaration && moduleOfBinding(declaration);
  return from !== undefined && /\.service(\.[cm]?[jt]s)?$/.test(from) ? call : undefined;
}

/** Whether an object is what a function of this name gives back. */
function isGivenBy(object: ts.ObjectLiteralExpression, name: string): boolean {
  const whole = wrapped(object);
  const isBody = ts.isArrowFunction(whole.parent) && whole.parent.body === whole;
  if (!isBody && !ts.isReturnStatement(whole.parent)) return false;
  const giver = isBody ? whole.parent : homeOf(whole.parent);
  if (ts.isFunctionDeclaration(giver)) return giver.name?.text === name;
  const { parent } = giver;
  return (
    parent &&
    ts.isVariableDeclaration(parent) &&
    ts.isIdentifier(parent.name) &&
    parent.name.text === name
  );
}
