import { ts } from 'ts-morph';
import type { Guard } from '../../found-routes.ts';
import { lastName, unwrap } from '../../typescript/wire/expressions.ts';
import { resolveName } from '../../typescript/wire/scope.ts';
import { initializerOf, type Module } from './modules.ts';

/** What a function that stands before a handler does, as far as its name tells. */
export type Before = Guard | 'limit' | 'unclear';

/** Reads `auth.requireUser`, `auth.requireRole('admin')`, a rate limit, or the name of one of them. */
export function readBefore(expression: ts.Expression, module: Module, depth = 0): Before {
  const node = unwrap(expression);
  const name = lastName(node);
  if (name === 'requireUser') return 'user';
  if (name === 'optionalUser') return 'public';
  if (name === 'requireRole' && ts.isCallExpression(node)) return rolesOf(node);
  if (name === 'limits' || name === 'notStored') return 'limit';
  const declaration = ts.isIdentifier(node)
    ? resolveName(module.scopes, node, node.text)
    : undefined;
  const value = declaration && initializerOf(declaration);
  return value === undefined || depth > 2 ? 'unclear' : readBefore(value, module, depth + 1);
}

export function isGuard(before: Before): before is Guard {
  return before !== 'limit' && before !== 'unclear';
}

/** Roles that are not written as texts could be any. */
function rolesOf(call: ts.CallExpression): Before {
  const roles = call.arguments.flatMap((each) => (ts.isStringLiteralLike(each) ? each.text : []));
  return roles.length === call.arguments.length ? roles : 'unclear';
}
