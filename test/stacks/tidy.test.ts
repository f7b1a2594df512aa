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
