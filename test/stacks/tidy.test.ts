import { describe, expect, it } from 'vitest';
import { tidyTypeScript } from '../../src/stacks/typescript/tidy.ts';

const importing = (names: string) => `import { ${names} } from './rows.ts';\n`;

describe('an import', () => {
  it.each([
    ['a call', 'without(row);'],
    ['a spread', 'const copy = { ...without };'],
    ['a template', 'const text = `${without}`;'],
    ['behind a text', "it('goes', without);"],
    ['behind a URL', "const at = 'https://example.com' + without;"],
    ['in a template in a template', 'const text = `a ${is ? `b ${without}` : ""}`;'],
    ['in a choice', 'const one = is ? without : other;'],
    ['by its name alone', 'send({ without });'],
    ['as a value', 'send({ names: without });'],
    ['as a case', 'switch (one) {\n  case without:\n    break;\n}'],
  ])('stays where it is used: %s', (_case, code) => {
    expect(tidyTypeScript(`${importing('idsOf, without')}${code}\n`)).toBe(
      `${importing('without')}${code}\n`,
    );
  });

  it.each([
    ['a text', "it('leaves this row without it');"],
    ['a text with an apostrophe', `it("it's left without it");`],
    ['a comment', '/** Goes without it. */\nconst one = 1;'],
    ['a line of comment', '// without\nconst one = 1;'],
    ['a member', 'rows.without();'],
    ['a longer name', 'withoutAny();'],
    ['a key', 'send({ without: 1, all: 2 });'],
    ['a key of a pattern', 'const { without: value } = row;'],
    ['a key of a type', 'type Row = {\n  id: string;\n  without?: string;\n};'],
    ['a template', 'const path = `/rows/without/${id}`;'],
    ['a comment behind code', 'const one = 1; // without'],
  ])('goes where only its letters are: %s', (_case, code) => {
    expect(tidyTypeScript(`${importing('without')}${code}\n`)).toBe(`${code}\n`);
  });

  it('is sorted as Biome sorts it', () => {
    const code = 'b(B, a, 1 as C);\n';
    expect(tidyTypeScript(`${importing('b, type C, B, a')}${code}`)).toBe(
      `${importing('a, B, b, type C')}${code}`,
    );
  });
});
