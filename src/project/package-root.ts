import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of the package that a module belongs to, given its `import.meta.url`: right for the
 * sources and for the bundle, whatever folder the bundler puts the module in.
 */
export function packageRoot(url: string): string {
  for (let at = dirname(fileURLToPath(url)); ; at = dirname(at)) {
    if (existsSync(join(at, 'package.json'))) return at;
    if (dirname(at) === at) throw new Error(`${url} belongs to no package.`);
  }
}
