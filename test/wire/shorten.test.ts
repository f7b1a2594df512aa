import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { WireResult } from '../../src/manifest/change.ts';
import { wireRoutes } from '../../src/stacks/express/wire/routes.ts';
import { wireServices } from '../../src/stacks/typescript/wire/services.ts';
import { wireShortened } from '../../src/stacks/typescript/wire/shorten.ts';
import { wireTables } from '../../src/stacks/typescript/wire/tables.ts';
import { blogPosts, blogPostsService, orders } from './cases.ts';

type Kind = {
  words: string[];
  from: string;
  wire: (text: string | undefined) => WireResult;
  /** What the names of the imports are made of, and a line that uses one of them. */
  nameOf: (word: string) => string;
  use: RegExp;
  useOf: (name: string, word: string) => string;
};

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

const kinds: Record<string, Kind> = {
  routes: {
    words: [orders.name],
    from: orders.from,
    wire: (text) => wireRoutes(text, orders),
    nameOf: (word) => `${word}Routes`,
    use: /^(\s+\w+\.use\()\w+Routes(\(\w+\)\);)$/m,
    useOf: (name) => `$1${name}$2`,
  },
  services: {
    words: [blogPostsService.name, blogPostsService.value],
    from: blogPostsService.from,
    wire: (text) => wireServices(text, blogPostsService),
    nameOf: (word) => `create${capital(word)}Service`,
    use: /^(\s+)\w+: create\w+Service\((\w+).*\),$/m,
    useOf: (name, word) => `$1${word}: ${name}($2),`,
  },
  tables: {
    words: [blogPosts.name, blogPosts.value],
    from: blogPosts.from,
    wire: (text) => wireTables(text, blogPosts),
    nameOf: (word) => `${capital(word)}Table`,
    use: /^(\s+)\w+: \w+Table;$/m,
    useOf: (name, word) => `$1${word}: ${name};`,
  },
};

const letters = [...'abcdef'];
const words = ['ant', 'blog', 'order', 'zebra'].flatMap((word) =>
  letters.flatMap((one) => letters.map((other) => `${word}${one}${other}s`)),
);

const orderings: Record<string, string[]> = {
  'in order': words,
  'in no order': [...words.slice(50), ...words.slice(0, 50)],
  'from behind': words.toReversed(),
};

/** A file with many more endpoints, each imported and used where the first is that it has. */
function grown(before: string, { nameOf, use, useOf }: Kind, all: string[]): string | undefined {
  const anchor = /^(import .*)\b\w+( \} from '.*\/modules\/)([\w-]+)\/\3(\..*)$/m;
  if (!anchor.test(before) || !use.test(before)) return undefined;
  const imports = all.map((word) => `$1${nameOf(word)}$2${word}/${word}$4`);
  const uses = all.map((word) => useOf(nameOf(word), word));
  return before
    .replace(anchor, ['$&', ...imports].join('\n'))
    .replace(use, ['$&', ...uses].join('\n'));
}

describe.each(Object.entries(kinds))(
  '%s beside many are wired as in the whole file',
  (kind, of) => {
    const folder = join(import.meta.dirname, kind);
    const cases = readdirSync(folder).flatMap((name) => {
      const before = readFileSync(join(folder, name, 'before.ts'), 'utf8');
      return Object.entries(orderings).flatMap(([ordering, all]): [string, string][] => {
        const text = grown(before, of, all);
        return text === undefined ? [] : [[`${name}, ${ordering}`, text]];
      });
    });

    /** The part of a text that the shortest of its parsed forms has. */
    const least = (text: string) => {
      const lengths: number[] = [];
      wireShortened(text, of, (each) => {
        lengths.push(each?.length ?? 0);
        return of.wire(each);
      });
      return Math.min(...lengths) / text.length;
    };

    it('most of them without most of their lines, where the names are in order', () => {
      const inOrder = cases.filter(([name]) => name.endsWith('in order'));
      const shortened = inOrder.filter(([, text]) => least(text) < 0.3);
      expect(inOrder.length).toBeGreaterThan(10);
      expect(shortened.length).toBeGreaterThan(inOrder.length / 2);
    });

    it.each(cases)('%s', (_, text) => {
      expect(wireShortened(text, of, of.wire)).toEqual(of.wire(text));
    });
  },
);
