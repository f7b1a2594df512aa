import { addImport } from './add-import.ts';
import type { Wanted } from './imports.ts';
import { applyInsertions, lineStart } from './insert.ts';
import { parseSource } from './parse.ts';
import { applyRemovals, holdsComment, type Removal } from './remove.ts';
import { bindingsOf, removeBindings } from './remove-import.ts';

export type Keyword = 'import' | 'import type';

/** The text with the import of a name where it would be added; undefined where it is no plain one. */
export function placeImport(text: string, wanted: Wanted, keyword: Keyword): string | undefined {
  const source = parseSource(text);
  const removals = source && removeBindings(source, bindingsOf(source, wanted));
  if (!removals || 'reason' in removals) return undefined;
  const isLine = ({ start, end }: Removal) =>
    lineStart(text, start) === start && text[end - 1] === '\n';
  if (removals.some((removal) => !isLine(removal) || holdsComment(text, removal))) return undefined;
  const without = parseSource(applyRemovals(text, removals));
  return without && applyInsertions(without.text, [addImport(without, wanted, keyword)]);
}
