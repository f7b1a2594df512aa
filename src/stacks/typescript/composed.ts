import { sortImports } from './sort-imports.ts';

/**
 * What a part that adds to a file need not care about: its imports and dependencies get to their
 * places among those that are there, and an object that nobody adds to is empty.
 */
export function tidyComposed(path: string, text: string): string {
  if (path === 'package.json') return sortDependencies(text);
  return path.endsWith('.ts') ? sortImports(text).replace(/\{\s+\}/g, '{}') : text;
}

const dependencies = /("(?:devD|d)ependencies": \{\n)([^}]*?)(\n *\})/g;

const sortDependencies = (text: string) =>
  text.replace(dependencies, (_all, start: string, lines: string, end: string) =>
    [start, lines.split(',\n').sort().join(',\n'), end].join(''),
  );
