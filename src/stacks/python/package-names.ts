import { isWindowsDevice } from '../../manifest/reserved.ts';

/** What is wrong with the name of a folder and project; undefined if nothing. */
export function nameFault(name: string): string | undefined {
  if (name === '') return 'Expected a name, such as `my-api`.';
  if (!/^[A-Za-z0-9]/.test(name) || !/[A-Za-z0-9]$/.test(name))
    return 'Expected a letter or digit first and last.';
  if (!/^[A-Za-z0-9._-]+$/.test(name)) return 'Expected only letters, digits, `-`, `_` and `.`.';
  if (isWindowsDevice(name)) return 'Expected a name that is also allowed for a folder on Windows.';
  return undefined;
}

/** The same for the name in pyproject.toml. */
export const packageNameFault = (name: string): string | undefined =>
  nameFault(name) && 'Expected the name of a Python project, such as "my-api".';
