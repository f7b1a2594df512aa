import { compareNames, nameOf } from './tidy.ts';
import { compareModules } from './wire/module-order.ts';

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

/** The imports at the head of a module in the order of Biome, those of the same module as one. */
function sortImports(text: string): string {
  return text.replace(/^(?:import [^;]*;\n)+/m, (block) => {
    const imports = block.match(/import [^;]*;\n/g) ?? [];
    const sorted: string[] = [];
    for (const each of imports.toSorted(bySource)) {
      const joined = joinImports(sorted.at(-1) ?? '', each);
      if (joined === undefined) sorted.push(each);
      else sorted.splice(-1, 1, joined);
    }
    return sorted.join('');
  });
}

/** Modules of Node first, then packages, then files. */
function bySource(one: string, other: string): number {
  const [a, b] = [sourceOf(one), sourceOf(other)];
  return rankOf(a) - rankOf(b) || compareModules(a, b);
}

const sourceOf = (statement: string) => /'([^']*)';\n$/.exec(statement)?.[1] ?? '';

function rankOf(source: string): number {
  if (source.startsWith('node:')) return 0;
  return source.startsWith('.') ? 2 : 1;
}

const named = /^(import (?:type )?)\{([^}]*)\} from ('[^']*';\n)$/;

/** Two imports of names from the same module as one; undefined where they are not such. */
function joinImports(one: string, other: string): string | undefined {
  const [, keyword, names = '', source] = named.exec(one) ?? [];
  const [, sameKeyword, more = '', sameSource] = named.exec(other) ?? [];
  if (keyword === undefined || keyword !== sameKeyword || source !== sameSource) return undefined;
  const all = new Set(`${names},${more}`.split(',').map((name) => name.trim()));
  const sorted = [...all].filter((name) => name !== '').sort(byName);
  return `${keyword}{ ${sorted.join(', ')} } from ${source}`;
}

const byName = (one: string, other: string) => compareNames(nameOf(one), nameOf(other));
