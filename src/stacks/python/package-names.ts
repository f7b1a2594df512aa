import { isWindowsDevice } from '../../manifest/reserved.ts';

/**
 * What is wrong with the name of a folder and project; undefined if nothing. It is none of `packages`,
 * which the project needs: uv takes a dependency of that name for the project itself.
 */
export function nameFault(name: string, packages: ReadonlySet<string>): string | undefined {
  if (name === '') return 'Expected a name, such as `my-api`.';
  if (!/^[A-Za-z0-9]/.test(name) || !/[A-Za-z0-9]$/.test(name))
    return 'Expected a letter or digit first and last.';
  if (!/^[A-Za-z0-9._-]+$/.test(name)) return 'Expected only letters, digits, `-`, `_` and `.`.';
  if (isWindowsDevice(name)) return 'Expected a name that is also allowed for a folder on Windows.';
  if (packages.has(normalized(name))) return 'Expected a name that no dependency has.';
  return undefined;
}

/** How packages compare (https://packaging.python.org/en/latest/specifications/name-normalization/). */
const normalized = (name: string) => name.replace(/[-_.]+/g, '-').toLowerCase();
