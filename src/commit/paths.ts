import nodePath from 'node:path';
import type { Problem } from '../manifest/errors.ts';
import { isWindowsDevice } from '../manifest/reserved.ts';

/** The folder of the journal, inside the project. */
export const HOME = '.backend';

/** Why a path must not be written, whatever is on the disk; undefined if it may. */
export function pathProblem(path: string): Problem | undefined {
  const found = (what: string) => ({
    found: `The path ${JSON.stringify(path)} ${what}.`,
    expected: 'Expected a path inside the project, relative and with "/".',
  });
  if (path === '') return found('is empty');
  if (path.includes('\0')) return found('contains a null character');
  if (path.includes('\\')) return found('contains a backslash');
  if (path.startsWith('/') || /^[a-z]:/i.test(path)) return found('is absolute');
  const parts = path.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) {
    return found('has an empty part, "." or ".."');
  }
  if (parts.some((part) => isWindowsDevice(part) || /[<>:"|?*]|[. ]$/.test(part))) {
    return found('has a part that is not a valid name on Windows');
  }
  if (parts.some((part) => part.toLowerCase() === '.git')) return found('leads into .git');
  if (isOfJournal(parts)) return found(`leads into the journal in ${HOME}`);
  return undefined;
}

/** Whether a path is the journal or a stage of it; the rest of the folder belongs to the project. */
function isOfJournal([home = '', name = '']: string[]): boolean {
  return home.toLowerCase() === HOME && /^($|journal$|birth-|done-|undone-)/i.test(name);
}

/** The path relative to the root, with `/`, or undefined if it is not below the root. */
export function below(
  root: string,
  path: string,
  { relative, isAbsolute, sep }: nodePath.PlatformPath = nodePath,
): string | undefined {
  const inside = relative(root, path);
  if (inside === '' || isAbsolute(inside)) return undefined;
  const parts = inside.split(sep);
  return parts[0] === '..' ? undefined : parts.join('/');
}

/** The folders above a relative path, the nearest first, without the root. */
export function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('/'));
}

/** Two changes of one path, ignoring case as some disks do, are a bug. */
export function refuseDoubles(paths: readonly string[]): void {
  const names = paths.map((path) => path.toLowerCase());
  const double = paths.find((_, index) => names.indexOf(names[index] ?? '') !== index);
  if (double !== undefined) throw new Error(`The plan changes ${double} twice.`);
}
