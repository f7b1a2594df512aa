import { compareModules } from './module-order.ts';

const statement = /^(?:from [\w.]+ import (?:\([^()]*\)|[^\n(]*)|import [^\n]*)\n/m.source;
const block = new RegExp(`(?:${statement})+`, 'gm');

/** Each run of imports at the left edge in the order of ruff: modules first, then names of modules. */
export function sortImports(text: string): string {
  if (text.includes('\r')) return text;
  return text.replace(block, (imports) => {
    const all = imports.match(new RegExp(statement, 'gm')) ?? [];
    return all.toSorted(byModule).join('');
  });
}

function byModule(one: string, other: string): number {
  const [first, second] = [one, other].map((each) => (each.startsWith('import') ? 0 : 1));
  return (first ?? 0) - (second ?? 0) || compareModules(moduleOf(one), moduleOf(other));
}

const moduleOf = (line: string) => /^(?:from|import) ([\w.]+)/.exec(line)?.[1] ?? '';

/** A merged text with its imports in order, where those of the text that it comes from are. */
export const keepImportsSorted = (text: string, yours: string): string =>
  sortImports(yours) === yours ? sortImports(text) : text;
