import type { Syntax } from '../syntax.ts';

/** What of a file of a Python project may be merged beyond its lines, by its name. */
export const syntaxOf = (path: string): Syntax => ({ isIndented: /\.(?:pyi?|ya?ml)$/.test(path) });

const source = /\.(?:pyi?|sql|md|json|toml|ini|ya?ml|html|sh)$/;
const locks = new Set(['pyproject.toml', 'uv.lock']);

/** Whether a person may have named an endpoint in a file. */
export const mayName = (path: string) => source.test(path) && !locks.has(path);
