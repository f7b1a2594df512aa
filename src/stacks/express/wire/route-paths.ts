import { ts } from 'ts-morph';
import { textOf } from '../../typescript/wire/positions.ts';
import type { Modules } from './modules.ts';
import { itemsOf, type Place, readValue } from './route-values.ts';

/** The paths that a call begins with, and what it mounts there; `''` where it names none. */
export function readPaths(args: readonly ts.Expression[], place: Place, modules: Modules) {
  const [first, ...others] = args;
  if (first === undefined) return { paths: [''], rest: [] };
  const values = itemsOf(readValue(first, place, modules));
  const texts = values.flatMap((value) => (value.kind === 'text' ? [value.text] : []));
  if (texts.length > 0 && texts.length === values.length) return { paths: texts, rest: others };
  const isPath =
    ts.isRegularExpressionLiteral(first) || /(path|prefix|base|url)\w*$/i.test(textOf(first));
  if (others.length > 0 && isPath) return { paths: [`/<${textOf(first)}>`], rest: others };
  return { paths: [''], rest: [...args] };
}

/** A path below another, without the slashes that say nothing. */
export function joined(prefix: string, path: string): string {
  const below = path.replace(/^\/+|\/+$/g, '');
  return below === '' ? prefix : `${prefix}/${below}`;
}

export const isBelow = (path: string, prefix: string) =>
  path === prefix || path.startsWith(`${prefix}/`);
