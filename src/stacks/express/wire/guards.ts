import { ts } from 'ts-morph';
import { lastName, unwrap } from '../../typescript/wire/expressions.ts';
import { resolveName } from '../../typescript/wire/scope.ts';
import { initializerOf, type Module } from './modules.ts';

/** Who may pass, from anybody to the fewest. */
export const guardLevels = ['public', 'user', 'moderator', 'admin'] as const;
export type Guard = (typeof guardLevels)[number];

/** What a function that stands before a handler does, as far as its name tells. */
export type Before = Guard | 'limit' | 'unclear';

/** Reads `auth.requireUser`, `auth.requireRole('admin')`, a rate limit, or the name of one of them. */
export function readBefore(expression: ts.Expression, module: Module, depth = 0): Before {
  const node = unwrap(expression);
  const name = lastName(node);
  if (name === 'requireUser') return 'user';
  if (name === 'optionalUser') return 'public';
  if (name === 'requireRole' && ts.isCallExpression(node)) return roleOf(node);
  if (name === 'limits' || name === 'notStored') return 'limit';
  const declaration = ts.isIdentifier(node)
    ? resolveName(module.scopes, node, node.text)
    : undefined;
  const value = declaration && initializerOf(declaration);
  return value === undefined || depth > 2 ? 'unclear' : readBefore(value, module, depth + 1);
}

/** Who passes where several have to be passed. */
export function strictest(guards: readonly Guard[]): Guard {
  const highest = Math.max(0, ...guards.map((guard) => guardLevels.indexOf(guard)));
  return guardLevels[highest] ?? 'public';
}

export function isGuard(before: Before): before is Guard {
  return before !== 'limit' && before !== 'unclear';
}

function roleOf(call: ts.CallExpression): Guard {
  const roles = call.arguments.map((each) => (ts.isStringLiteralLike(each) ? each.text : ''));
  return guardLevels.find((level) => level !== 'public' && roles.includes(level)) ?? 'admin';
}
