import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { foldersAbove } from './folders-above.ts';
import { refusedRead } from './refused-read.ts';

/** What is known of a formatter before a project is looked at. */
type Formatter = {
  options: readonly string[];
  says(file: string, text: string): 'own' | 'usual' | 'nothing';
  heeds: readonly string[];
  mixed: readonly string[];
  programs: readonly string[];
};

/** A formatter with options of the project's own, as it is installed there. Paths are absolute. */
export type FoundFormatter<F> = {
  status: 'installed';
  formatter: F;
  program: string;
  /** The folder of what is installed that holds it, in which its options may name packages. */
  packages: string;
  /** The texts that decide how it lays out the files of the project. */
  settings: ReadonlyMap<string, string>;
};

/** The formatter whose options stand nearest; undefined where they are the usual. */
export function findFormatter<F extends Formatter>(
  root: string,
  formatters: readonly F[],
): FoundFormatter<F> | { status: 'missing'; formatter: F } | undefined {
  const formatter = nearestOf(root, formatters);
  if (formatter === undefined) return undefined;
  const installed = foldersUp(root).flatMap((folder) =>
    formatter.programs.map((path) => ({
      program: join(folder, path),
      packages: join(folder, path.split('/')[0] ?? ''),
    })),
  );
  const found = installed.find(({ program }) => existsSync(program));
  if (found === undefined) return { status: 'missing', formatter };
  return { status: 'installed', formatter, ...found, settings: settingsOf(root, formatter) };
}

function nearestOf<F extends Formatter>(root: string, formatters: readonly F[]): F | undefined {
  for (const folder of foldersUp(root)) {
    for (const formatter of formatters) {
      for (const file of formatter.options) {
        const text = textAt(join(folder, file));
        const said = text === undefined ? 'nothing' : formatter.says(file, text);
        if (said !== 'nothing') return said === 'own' ? formatter : undefined;
      }
    }
  }
  return undefined;
}

function settingsOf(root: string, formatter: Formatter): Map<string, string> {
  const settings = new Map<string, string>();
  const add = (path: string): void => {
    const text = settings.has(path) ? undefined : textAt(path);
    if (text === undefined) return;
    settings.set(path, text);
    // Options go on in other files, which they name by their paths.
    if (formatter.mixed.includes(basename(path))) return;
    for (const name of namedIn(text)) add(join(dirname(path), name));
  };
  for (const folder of foldersUp(root)) {
    for (const file of [...formatter.options, ...formatter.heeds]) add(join(folder, file));
  }
  return settings;
}

/** A folder and those that it is in, the nearest first. */
const foldersUp = (folder: string) => [folder, ...foldersAbove(folder)];

const namedIn = (text: string): string[] =>
  [...text.matchAll(/(["'])(\.{1,2}\/[^"'\n*]+)\1/g)].map(([, , name = '']) => name);

function textAt(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    return refusedRead(error, path, ['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'EPERM']);
  }
}
