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
    return sorted.length === 0 ? '' : `${start}{ ${sorted.join(', ')} }${end}\n`;
  });
  return used.has('z') ? named : named.replace(/^import \* as z from 'zod';\n/m, '');
}

/** The name that an import has in this file: `v7 as uuidv7` is `uuidv7`. */
export function nameOf(specifier: string): string {
  return specifier.replace(/^type /, '').replace(/^.* as /, '');
}

/** By letters first, capitals before small ones. */
export function compareNames(one: string, other: string): number {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  if (a !== b) return a < b ? -1 : 1;
  return one < other ? -1 : 1;
}

function tidyBlankLines(text: string): string {
  return text
    .replace(/\n{3,}/g, '\n\n')
    .replace(/([{[(])\n\n/g, '$1\n')
    .replace(/\n\n(\s*[}\])])/g, '\n$1')
    .trim()
    .concat('\n');
}
