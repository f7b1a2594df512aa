import { compareNames, nameOf } from './tidy.ts';
import { compareModules } from './wire/module-order.ts';

const statement = /import [^;]*;\r?\n/g;
const head = new RegExp(`^(?:${statement.source})+`, 'm');

/** The imports at the head of a module in the order of Biome, those of the same module as one. */
export function sortImports(text: string): string {
  return text.replace(head, (imports) => {
    const sorted: string[] = [];
    for (const each of (imports.match(statement) ?? []).toSorted(bySource)) {
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

const sourceOf = (each: string) => /['"]([^'"]*)['"];\r?\n$/.exec(each)?.[1] ?? '';

function rankOf(source: string): number {
  if (source.startsWith('node:')) return 0;
  return source.startsWith('.') ? 2 : 1;
}

const named = /^(import (?:type )?)\{([^}]*)\} from (['"][^'"]*['"];\r?\n)$/;

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

/** A merged text with its imports in order, where those of the text that it comes from are. */
export const keepImportsSorted = (text: string, yours: string) =>
  sortImports(yours) === yours ? sortImports(text) : text;
