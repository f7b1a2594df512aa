import { ts } from 'ts-morph';
import { unwrap } from '../../typescript/wire/expressions.ts';
import { moduleOfBinding } from '../../typescript/wire/imports.ts';
import { resolveName, type Scopes } from '../../typescript/wire/scope.ts';
import type { Use } from './router-uses.ts';

/** The call inside a mount that makes the routes of a module: `customersRoutes(deps)`. */
export function mountedCall(use: Use, scopes: Scopes): ts.CallExpression | undefined {
  if (use.method !== 'use') return undefined;
  for (const argument of use.call.arguments) {
    const call = routesCall(argument, scopes);
    if (call) return call;
  }
  return undefined;
}

/** Whether an expression means the function that makes a module's routes. */
export function isModuleRoutes(expression: ts.Expression, scopes: Scopes): boolean {
  const inner = unwrap(expression);
  const root = ts.isPropertyAccessExpression(inner) ? inner.expression : inner;
  if (!ts.isIdentifier(root)) return false;
  const declaration = resolveName(scopes, root, root.text);
  const from = declaration && moduleOfBinding(declaration);
  if (from === undefined) return false;
  const name = ts.isPropertyAccessExpression(inner) ? inner.name.text : importedName(declaration);
  if (/handler|middleware|not_?found/i.test(name ?? '')) return false;
  return (
    isRoutesFile(from) || (/(^|\/)modules\//.test(from) && /rout(es?|ers?)$/i.test(name ?? ''))
  );
}

/** The call that makes a module's routes, in an argument of `use`. */
export function routesCall(argument: ts.Expression, scopes: Scopes): ts.CallExpression | undefined {
  const inner = unwrap(argument);
  if (ts.isCallExpression(inner))
    return isModuleRoutes(inner.expression, scopes) ? inner : undefined;
  if (ts.isSpreadElement(inner)) return routesCall(inner.expression, scopes);
  if (ts.isArrayLiteralExpression(inner)) {
    for (const element of inner.elements) {
      const call = routesCall(element, scopes);
      if (call) return call;
    }
    return undefined;
  }
  const declaration = ts.isIdentifier(inner) ? resolveName(scopes, inner, inner.text) : undefined;
  const value =
    declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return value && ts.isCallExpression(value) ? routesCall(value, scopes) : undefined;
}

function importedName(declaration: ts.Node | undefined): string | undefined {
  if (!declaration) return undefined;
  if (ts.isImportSpecifier(declaration)) return (declaration.propertyName ?? declaration.name).text;
  return ts.isImportClause(declaration) ? declaration.name?.text : undefined;
}

function isRoutesFile(from: string): boolean {
  return /[./]routes?(\.[cm]?[jt]s)?$/.test(from);
}
