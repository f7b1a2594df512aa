import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layoutTypeScript } from '../../src/stacks/typescript/layout.ts';
import { isSoundTypeScript } from '../../src/stacks/typescript/wire/sound.ts';
import { ARROWS, CALLS, LOOPS } from './layout-bodies.ts';
import { IMPORTS, MEMBERS, OPENINGS, PROPERTIES, STATEMENTS } from './layout-lines.ts';

const BIOME = new URL('../../node_modules/.bin/biome', import.meta.url).pathname;
const CONFIG = {
  root: true,
  formatter: { lineWidth: 100, indentStyle: 'space' },
  javascript: { formatter: { quoteStyle: 'single' } },
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'layout-'));
  writeFileSync(join(folder, 'biome.json'), JSON.stringify(CONFIG));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What Biome makes of a text: one run for all cases, told apart by comments. */
function byBiome(texts: readonly string[]): string[] {
  const file = join(folder, 'lines.ts');
  writeFileSync(file, texts.map((text, index) => `// ${index}\n${text}\n`).join(''));
  execFileSync(BIOME, ['format', '--write', 'lines.ts'], { cwd: folder, stdio: 'pipe' });
  const parts = readFileSync(file, 'utf8').split(/^\/\/ \d+\n/m);
  return parts.slice(1).map((text) => text.trim());
}

const isLong = (text: string) => text.split('\n').some((line) => line.length > 100);

const LINES = [...STATEMENTS, ...ARROWS];

const CASES = [
  ...IMPORTS,
  ...OPENINGS.map((line) => `${line}\n  x();\n}${line.startsWith('const') ? ';' : ''}`),
  ...LOOPS.map((line) => `async function f() {\n  ${line}\n    x();\n  }\n}`),
  ...CALLS.map(
    (line) => `router
  .route('/')
  ${line}
    const post = postOf(req);

    send(res, post);
  })
  .all(x);`,
  ),
  ...CALLS.map(
    (line) => `x${line}
  const post = postOf(req);
});`,
  ),
  ...MEMBERS.map((line) => `type T = {\n  ${line}\n};`),
  ...PROPERTIES.map((line) => `const object = {\n  ${line}\n};`),
  ...LINES.map((line) => `async function f() {\n  ${line}\n}`),
  ...LINES.map((line) => `async function f() {\n  {\n    {\n      ${line}\n    }\n  }\n}`),
];

describe('lines are broken exactly as Biome breaks them', () => {
  it.each([
    ['as they are', (text: string) => text],
    ...Array.from({ length: 12 }, (_, index): [string, (text: string) => string] => {
      const tail = 'LongerName'.repeat(3).slice(0, 2 * index + 1);
      return [
        `names longer by ${tail.length}`,
        (text) => text.replace(/\b(posts?|title|database)\b|Post/g, `$&${tail}`),
      ];
    }),
    ['short names', (text) => text.replace(/OfTheBlog|OfThisBlog|OfTheWhole|OfThePosts?/g, '')],
  ])('%s', (_, rename) => {
    const texts = CASES.map(rename).filter(isLong);
    expect(texts.length).toBeGreaterThan(60);
    expect(texts.map((text) => layoutTypeScript(text))).toEqual(byBiome(texts));
  });
});

describe('by hand', () => {
  it.each([
    [
      'imports',
      40,
      "import { createPost, type Post } from './posts.ts';",
      "import {\n  createPost,\n  type Post,\n} from './posts.ts';",
    ],
    [
      'an import of one name, which is never broken',
      40,
      "import { createPostWithAVeryLongName } from './posts.ts';",
      "import { createPostWithAVeryLongName } from './posts.ts';",
    ],
    [
      'parameters',
      40,
      '  async update(id: string, patch: Patch): Promise<Map<string, Post>> {',
      '  async update(\n    id: string,\n    patch: Patch,\n  ): Promise<Map<string, Post>> {',
    ],
    [
      'the last argument',
      40,
      "send(response, { title: 'Title', body: 'Body' });",
      "send(response, {\n  title: 'Title',\n  body: 'Body',\n});",
    ],
    [
      'a chain',
      40,
      'const post = z.string().min(1).max(200).optional();',
      'const post = z\n  .string()\n  .min(1)\n  .max(200)\n  .optional();',
    ],
    ['numbers', 20, 'const a = [1, 2, 3, 4, 5, 6];', 'const a = [\n  1, 2, 3, 4, 5, 6,\n];'],
    ['a line that fits', 40, 'const a = {a:1 , b: [1,2,]}', 'const a = {a:1 , b: [1,2,]}'],
    [
      'what is broken already',
      40,
      "send(\n  response,\n  { title: 'Title' },\n);",
      "send(\n  response,\n  { title: 'Title' },\n);",
    ],
    [
      'a comment',
      40,
      'send(response, title); // what the caller has asked for',
      'send(response, title); // what the caller has asked for',
    ],
    [
      'a template',
      40,
      'const text = `a text of several, long parts that does not fit`;',
      'const text = `a text of several, long parts that does not fit`;',
    ],
    [
      'a line that opens more than a body',
      40,
      "it('creates a post with a long name', async () => {",
      "it('creates a post with a long name', async () => {",
    ],
    [
      'a regular expression',
      40,
      'const pattern = /^[a-z, (]+$/.test(title, title, title);',
      'const pattern = /^[a-z, (]+$/.test(title, title, title);',
    ],
  ])('%s', (_, width, text, expected) => {
    expect(layoutTypeScript(text, width)).toBe(expected);
  });

  it.each([
    [
      'a template over several lines',
      'const query = sql`\n  select f(first, second, third) from posts\n`;',
    ],
    ['a comment over several lines', '/*\n  f(first,  second, third, fourth, fifth);\n */\nf();'],
    ['a comment line', '// f(first,  second, third, fourth, fifth)'],
    ['a quote in a comment', "// it's\n// f(first,  second, third, fourth, fifth)"],
  ])('leaves %s alone', (_, text) => {
    expect(layoutTypeScript(text, 30)).toBe(text);
  });

  it.each([
    'f(list.map((post) => (post.published ? publishIt(post) : hideIt(post))));',
    'const f = wrap((post) => (firstOf(post, other) as unknown as Row));',
  ])('writes no comma where it is an error: %s', (text) => {
    expect(layoutTypeScript(text, 40)).not.toBe(text);
    expect(isSoundTypeScript(layoutTypeScript(text, 40))).toBe(true);
  });

  it('changes nothing on a second pass', () => {
    const once = CASES.map((text) => layoutTypeScript(text));
    expect(once.map((text) => layoutTypeScript(text))).toEqual(once);
  });
});
