import type { Syntax } from '../syntax.ts';
import { freeLayout } from './free-layout.ts';
import { keepImportsSorted } from './sort-imports.ts';

/** What of a file of a TypeScript project may be merged beyond its lines, by its name. */
export function syntaxOf(path: string): Syntax {
  if (/\.[cm]?[jt]sx?$/.test(path)) {
    return { isIndented: false, layout: freeLayout, inOrder: keepImportsSorted };
  }
  if (/\.(?:json|css)$/.test(path)) return { isIndented: false, layout: freeLayout };
  return { isIndented: /\.ya?ml$/.test(path) };
}

const source = /\.([cm]?[jt]sx?|sql|md|json|ya?ml|html|sh)$/;
const locks = new Set(['package.json', 'package-lock.json', 'pnpm-lock.yaml']);

/** Whether a person may have named an endpoint in a file. */
export const mayName = (path: string) => source.test(path) && !locks.has(path);
