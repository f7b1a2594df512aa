import type { SyntaxNode } from '@lezer/common';
import type { Guard } from '../../found-routes.ts';

/** The guards that parameters or a list of dependencies name. */
export function guardsIn(node: SyntaxNode | undefined, text: string): Guard[] {
  if (!node) return [];
  const code = text.slice(node.from, node.to).replace(/#.*$/gm, '');
  const roles = [...code.matchAll(/\brequire_role\(([^()]*)\)/g)].map(([, list = '']) =>
    [...list.matchAll(/["']([^"']+)["']/g)].map(([, role = '']) => role),
  );
  const isForUsers = /\b(?:CurrentUser|require_user)\b/.test(code);
  return [...roles, ...(isForUsers ? (['user'] as const) : [])];
}
