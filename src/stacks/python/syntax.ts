import type { Syntax } from '../syntax.ts';
import { freeLayout } from './free-layout.ts';
import { keepImportsSorted } from './sort-imports.ts';

/** What of a file of a Python project may be merged beyond its lines, by its name. */
export function syntaxOf(path: string): Syntax {
  if (/\.pyi?$/.test(path)) {
    return { isIndented: true, layout: freeLayout, inOrder: keepImportsSorted };
  }
  return { isIndented: /\.ya?ml$/.test(path) };
}

const source = /\.(?:pyi?|sql|md|json|toml|ini|ya?ml|html|sh)$/;
const locks = new Set(['pyproject.toml', 'uv.lock']);

/** Whether a person may have named an endpoint in a file. */
export const mayName = (path: string) => source.test(path) && !locks.has(path);
