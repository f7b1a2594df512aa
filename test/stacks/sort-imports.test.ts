import { describe, expect, it } from 'vitest';
import { keepImportsSorted, sortImports } from '../../src/stacks/typescript/sort-imports.ts';

describe('imports in order', () => {
  it.each<[string, string[], string[]]>([
    [
      'modules of Node, packages, and files from the outside in',
      [
        "import b from './b.ts';",
        "import a from '../a.ts';",
        "import z from 'zod';",
        "import fs from 'node:fs';",
      ],
      [
        "import fs from 'node:fs';",
        "import z from 'zod';",
        "import a from '../a.ts';",
        "import b from './b.ts';",
      ],
    ],
    [
      'names of one module in one import',
      ["import { b, type Role } from './a.ts';", "import { C, b } from './a.ts';"],
      ["import { b, C, type Role } from './a.ts';"],
    ],
    [
      'imports over several lines, and none behind other code',
      [
        "import {\n  y,\n  z,\n} from './z.ts';",
        "import a from './a.ts';",
        '',
        "import b from './0.ts';",
      ],
      [
        "import a from './a.ts';",
        "import {\n  y,\n  z,\n} from './z.ts';",
        '',
        "import b from './0.ts';",
      ],
    ],
  ])('are %s', (_what, lines, sorted) => {
    expect(sortImports(`${lines.join('\n')}\n`)).toBe(`${sorted.join('\n')}\n`);
    const windows = (all: string[]) => `${all.join('\n')}\n`.replaceAll('\n', '\r\n');
    expect(sortImports(windows(lines))).toBe(windows(sorted));
  });

  it('stay as a person has them who does not sort them', () => {
    const text = "import b from './b.ts';\nimport a from './a.ts';\n";
    expect(keepImportsSorted(text, text)).toBe(text);
  });
});
