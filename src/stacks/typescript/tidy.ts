import { usedNames } from './used-names.ts';

/**
 * What a template need not care about: named imports that nothing uses go, the others are sorted
 * as Biome sorts them, and blank lines stand only where they belong.
 */
export function tidyTypeScript(text: string): string {
  return tidyBlankLines(tidyImports(text));
}

const importLine = /^(import (?:type )?)\{ (.*?) ?\}( from '.*';)\n/gm;

function tidyImports(text: string): string {
  const used = usedNames(text.replace(/^import .*\n/gm, ''));
  const named = text.replace(importLine, (_line, start: string, list: string, end: string) => {
    const specifiers = list.split(', ').filter((each) => each !== '' && used.has(nameOf(each)));
    const sorted = specifiers.sort((one, other) => compareNames(nameOf(one), nameOf(other)));
    return sorted.length === 0 ? '' : `${writeImport(start, sorted)}${end}\n`;
  });
  return used.has('z') ? named : named.replace(/^import \* as z from 'zod';\n/m, '');
}

/** Names that are all types are imported as such. */
function writeImport(start: string, names: readonly string[]): string {
  const isTyped = names.every((name) => name.startsWith('type '));
  if (!isTyped) return `${start}{ ${names.join(', ')} }`;
  return `import type { ${names.map((name) => name.slice('type '.length)).join(', ')} }`;
}

/** The name that an import has in this file: `v7 as uuidv7` is `uuidv7`. */
export function nameOf(specifier: string): string {
  return specifier.replace(/^type /, '').replace(/^.* as /, '');
}

/** As Biome does: letter by letter, each capital before its small letter and after the one before. */
export function compareNames(one: string, other: string): number {
  const [a, b] = [inOrder(one), inOrder(other)];
  return a < b ? -1 : a > b ? 1 : 0;
}

const inOrder = (name: string) =>
  name.replace(/[a-z]/gi, (letter) => `${letter.toLowerCase()}${letter < 'a' ? '0' : '1'}`);

function tidyBlankLines(text: string): string {
  return text
    .replace(/\n{3,}/g, '\n\n')
    .replace(/([{[(])\n\n/g, '$1\n')
    .replace(/\n\n(\s*[}\])])/g, '\n$1')
    .trim()
    .concat('\n');
}
