import { builtinModules } from 'node:module';
import { isWindowsDevice } from '../../manifest/reserved.ts';

// The rules are those of validate-npm-package-name (https://github.com/npm/validate-npm-package-name),
// whose newest version needs a newer Node than we do. Built-in modules count, as npm warns of them.
const refused: ReadonlySet<string> = new Set(['node_modules', 'favicon.ico', ...builtinModules]);

/** What is wrong with the name of a folder and package; undefined if nothing. */
export function nameFault(name: string): string | undefined {
  if (name === '') return 'Expected a name, such as `my-api`.';
  if (name.startsWith('@')) return 'Expected a name without a scope, as it is a folder too.';
  if (/^[._-]/.test(name)) return 'Expected a letter or digit first.';
  if (/[A-Z]/.test(name)) return 'Expected lowercase letters, as npm requires.';
  if (!/^[a-z0-9._-]+$/.test(name))
    return 'Expected only letters, digits, `-`, `_` and `.`, as npm requires.';
  if (isWindowsDevice(name) || name.endsWith('.'))
    return 'Expected a name that is also allowed for a folder on Windows.';
  if (name.length > 214) return 'Expected at most 214 characters, as npm requires.';
  if (refused.has(name)) return 'Expected a name that Node and npm do not reserve.';
  return undefined;
}

/** The same for a package, with or without a scope. */
export function packageNameFault(name: string): string | undefined {
  const bare = name.replace(/^@[a-z0-9-~][a-z0-9-._~]*\//, '');
  const isName = name.length <= 214 && nameFault(bare) === undefined;
  return isName ? undefined : 'Expected the name of an npm package, such as "my-api".';
}
