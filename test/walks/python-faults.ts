import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parsePython } from '../../src/stacks/python/parse.ts';
import { undeclaredNames } from '../../src/stacks/python/scopes.ts';
import { isSoundFile } from '../../src/stacks/python/sound.ts';
import { sourcesOf, walked } from './walked.ts';

const isOfEndpoint = (path: string) =>
  walked.fastapi.edited.some((folder) => path.startsWith(folder));

/**
 * The Python files of projects that do not parse, declare a name twice, or use one that none declares.
 * What no file of the project itself declares is built in, or behind the point of a decorator.
 */
export async function pythonFaults(states: readonly string[]): Promise<string[]> {
  const faults: string[] = [];
  for (const state of states) {
    const paths = await sourcesOf(state, 'fastapi');
    const texts = await Promise.all(paths.map((path) => readFile(join(state, path), 'utf8')));
    const missingIn = texts.map((text) => {
      const source = parsePython(text);
      return source === undefined ? [] : [...undeclaredNames(source)];
    });
    const builtIn = new Set(
      paths.flatMap((path, at) => (isOfEndpoint(path) ? [] : (missingIn[at] ?? []))),
    );
    for (const [at, path] of paths.entries()) {
      const missing = (missingIn[at] ?? []).filter((name) => !builtIn.has(name));
      const file = join(state, path);
      if (!isSoundFile(path, texts[at] ?? ''))
        faults.push(`${file}: does not parse, or has a name twice`);
      if (missing.length > 0) faults.push(`${file}: nothing declares ${missing.join(', ')}`);
    }
  }
  return faults;
}
