import { describe, expect, it } from 'vitest';
import type { Merged } from '../../src/plan/merge3.ts';
import { merge3 as mergeBy, type Versions } from '../../src/plan/merge3.ts';
import { syntaxOf } from '../../src/stacks/typescript/syntax.ts';

const merge3 = (versions: Versions, isSound = (_text: string) => true) =>
  mergeBy(versions, isSound, syntaxOf('x.ts'));

const lines = (...all: string[]) => all.map((line) => `${line}\n`).join('');

const schema = (...fields: string[]) =>
  lines('export const post = z.object({', ...fields.map((field) => `  ${field}`), '});');

const TITLE = 'title: z.string(),';
const BODY = 'body: z.string(),';
const AGE = 'age: z.number().int(),';

/** The table of the design: what each side did, and the outcome. */
describe('the table', () => {
  it.each<[string, [base: string, yours: string, generated: string], Merged]>([
    ['neither differs', ['a\n', 'a\n', 'a\n'], { status: 'same' }],
    ['both differ alike', ['a\n', 'b\n', 'b\n'], { status: 'same' }],
    ['same, different', ['a\n', 'a\n', 'b\n'], { status: 'replaced', text: 'b\n' }],
    ['different, same', ['a\n', 'b\n', 'a\n'], { status: 'kept' }],
    [
      'both, apart',
      [lines('a', 'b', 'c'), lines('A', 'b', 'c'), lines('a', 'b', 'C')],
      { status: 'merged', text: lines('A', 'b', 'C') },
    ],
    [
      'both, same lines',
      [lines('a', 'b', 'c'), lines('a', 'x', 'c'), lines('a', 'y', 'c')],
      {
        status: 'conflict',
        text: lines('a', '<<<<<<< yours', 'x', '=======', 'y', '>>>>>>> generated', 'c'),
        count: 1,
      },
    ],
  ])('%s', (_, [base, yours, generated], expected) => {
    expect(merge3({ base, yours, generated })).toEqual(expected);
  });
});

describe('merges', () => {
  it.each<[string, [base: string, yours: string, generated: string], string]>([
    [
      'a field added after a line that the user edited',
      [schema(TITLE), schema('title: z.string().trim(),'), schema(TITLE, BODY)],
      schema('title: z.string().trim(),', BODY),
    ],
    [
      'a field added before a line that the user edited',
      [schema(TITLE), schema('title: z.string().trim(),'), schema(AGE, TITLE)],
      schema(AGE, 'title: z.string().trim(),'),
    ],
    [
      'a field added behind a comment at the end of the line above',
      [schema(TITLE), schema(`${TITLE} // shown in lists`), schema(TITLE, BODY)],
      schema(`${TITLE} // shown in lists`, BODY),
    ],
    [
      'a comment behind a line that the generator edited',
      [schema(TITLE), schema(`${TITLE} // shown`), schema('title: z.string().max(200),')],
      schema('title: z.string().max(200), // shown'),
    ],
    [
      'two parts of one line',
      [
        'const limit = clamp(query.limit, 1, 100);\n',
        'const limit = clamp(query.limit, 1, 500);\n',
        'const size = clamp(query.limit, 1, 100);\n',
      ],
      'const size = clamp(query.limit, 1, 500);\n',
    ],
    [
      'an edited line whose twin is longer, and a new field like the edited one',
      [
        schema(TITLE),
        schema(`${TITLE} // shown`),
        schema('title: z.string().min(1).max(200),', BODY),
      ],
      schema('title: z.string().min(1).max(200), // shown', BODY),
    ],
    [
      'the same line added by both, and another by the generator elsewhere',
      [
        lines('a', 'b', 'c', 'd', 'e'),
        lines('a', 'new', 'b', 'c', 'd', 'E'),
        lines('a', 'new', 'b', 'x', 'c', 'd', 'e'),
      ],
      lines('a', 'new', 'b', 'x', 'c', 'd', 'E'),
    ],
    [
      'different lines added at one place: yours first',
      [schema(TITLE), schema(TITLE, AGE), schema(TITLE, BODY)],
      schema(TITLE, AGE, BODY),
    ],
    [
      'lines added at one place, some of them the same: once',
      [schema(TITLE), schema(TITLE, BODY, AGE), schema(TITLE, BODY, 'slug: z.string(),')],
      schema(TITLE, BODY, AGE, 'slug: z.string(),'),
    ],
    [
      'functions added at one place: both whole, though their last lines are the same',
      [
        lines('start();'),
        lines('start();', '', 'function mine() {', '  return 1;', '}'),
        lines('start();', '', 'function ours() {', '  return 2;', '}'),
      ],
      lines(
        'start();',
        '',
        'function mine() {',
        '  return 1;',
        '}',
        '',
        'function ours() {',
        '  return 2;',
        '}',
      ),
    ],
    [
      "the user's own method",
      [
        lines('return {', '  list() {},', '  remove() {},', '};'),
        lines('return {', '  list() {},', '  remove() {},', '  publish() {', '  },', '};'),
        lines('return {', '  list(query) {},', '  remove() {},', '};'),
      ],
      lines('return {', '  list(query) {},', '  remove() {},', '  publish() {', '  },', '};'),
    ],
    [
      'a line that the user deleted, beside one that the generator added',
      [schema(TITLE, BODY), schema(TITLE), schema(TITLE, BODY, AGE)],
      schema(TITLE, AGE),
    ],
    [
      'a line that both deleted',
      [
        schema(TITLE, BODY, AGE),
        schema('title: z.string().trim(),', AGE),
        schema(TITLE, 'age: z.number(),'),
      ],
      schema('title: z.string().trim(),', 'age: z.number(),'),
    ],
    [
      'a line that the generator deleted, beside one that the user edited',
      [schema(TITLE, BODY), schema('title: z.string().trim(),', BODY), schema(TITLE)],
      schema('title: z.string().trim(),'),
    ],
    [
      'other indentation of yours',
      [schema(TITLE), schema(TITLE).replaceAll('  ', '\t'), schema('title: z.string().max(9),')],
      schema('title: z.string().max(9),').replaceAll('  ', '\t'),
    ],
    [
      'other quotes of yours',
      ["log('a', 1);\n", 'log("a", 1);\n', "log('a', 2);\n"],
      'log("a", 2);\n',
    ],
    [
      'words that are names of object members',
      ['constructor(a) {}\n', 'constructor(a) {} // __proto__\n', 'constructor(b) {}\n'],
      'constructor(b) {} // __proto__\n',
    ],
    [
      'CRLF of yours',
      [
        schema(TITLE),
        schema('title: z.string().trim(),').replaceAll('\n', '\r\n'),
        schema(TITLE, BODY),
      ],
      schema('title: z.string().trim(),', BODY).replaceAll('\n', '\r\n'),
    ],
    [
      'mixed endings of yours, each line its own',
      ['a\nb\nc\nd\n', 'A\r\nb\nc\r\nd\r\n', 'a\nb\nc\nD\n'],
      'A\r\nb\nc\r\nD\r\n',
    ],
    [
      'a byte order mark of yours',
      ['a\nb\nc\n', '\uFEFFA\nb\nc\n', 'a\nb\nC\n'],
      '\uFEFFA\nb\nC\n',
    ],
    ['no final newline of yours', ['a\nb\nc\n', 'A\nb\nc', 'a\nb\nc\nd\n'], 'A\nb\nc\nd'],
    [
      'arguments that the user broke over lines, and one more of the generator',
      [
        'await send(first, second);\n',
        lines('await send(', '  first,', '  second,', ');'),
        'await send(first, second, third);\n',
      ],
      lines('await send(', '  first,', '  second, third,', ');'),
    ],
    ['an empty base', ['', 'mine\n', 'ours\n'], 'mine\nours\n'],
  ])('%s', (_, [base, yours, generated], text) => {
    expect(merge3({ base, yours, generated })).toEqual({ status: 'merged', text });
  });
});

describe('keeps the manner of yours where all of it is replaced', () => {
  it.each([
    ['CRLF', 'a\r\nb\r\n', 'a\r\nc\r\n'],
    ['no final newline', 'a\nb', 'a\nc'],
    ['a byte order mark', '\uFEFFa\nb\n', '\uFEFFa\nc\n'],
  ])('%s', (_, yours, text) => {
    const merged = merge3({ base: 'a\nb\n', yours, generated: 'a\nc\n' });
    expect(merged).toEqual({ status: 'replaced', text });
    expect(merge3({ base: 'x\n', yours, generated: 'a\nb\n' })).toEqual({ status: 'same' });
  });

  it('and says kept when there is nothing to write', () => {
    const yours = schema(TITLE, BODY, AGE);
    const merged = merge3({ base: schema(TITLE), yours, generated: schema(TITLE, BODY) });
    expect(merged).toEqual({ status: 'kept' });
  });
});

describe('conflicts', () => {
  it.each<[string, [base: string, yours: string, generated: string]]>([
    ['a deletion against an edit', [schema(TITLE), schema(), schema('title: z.string().max(9),')]],
    ['an edit against a deletion', [schema(TITLE), schema('title: z.string().max(9),'), schema()]],
    [
      'two additions inside one line at one place',
      [schema(TITLE), schema('title: z.string().trim(),'), schema('title: z.string().max(9),')],
    ],
    ['one value made two', [schema('limit: 1,'), schema('limit: 2,'), schema('limit: 3,')]],
    [
      'a line that both replaced by something else',
      [lines('a', 'one();', 'c'), lines('a', 'x.y = 2', 'c'), lines('a', 'if (z) w', 'c')],
    ],
    [
      'a rewrite against a deletion',
      [lines('a', 'one();', 'c'), lines('a', 'x.y = 2', 'c'), lines('a', 'c')],
    ],
    [
      'a line added in the middle of what the user rewrote',
      [
        lines('a', 'one(1);', 'two(2);', 'c'),
        lines('a', 'if (x) y = z', 'c'),
        lines('a', 'one(1);', 'new = 3', 'two(2);', 'c'),
      ],
    ],
  ])('%s', (_, [base, yours, generated]) => {
    const merged = merge3({ base, yours, generated });
    expect(merged).toMatchObject({ status: 'conflict', count: 1 });
    if (merged.status !== 'conflict') return;
    expect(pick(merged.text, 'yours')).toBe(yours);
    expect(pick(merged.text, 'generated')).toBe(generated);
  });

  it('merges what it can, and counts the rest', () => {
    const base = lines('a', 'b', 'c', 'd', 'e', 'f', 'g');
    const yours = lines('A', 'b', 'c', 'd1', 'e', 'f1', 'g');
    const generated = lines('a', 'B', 'c', 'd2', 'e', 'f2', 'g');
    const merged = merge3({ base, yours, generated });
    expect(merged).toMatchObject({ status: 'conflict', count: 2 });
    if (merged.status === 'conflict') expect(merged.text.startsWith('A\nB\nc\n<<<<<<<')).toBe(true);
  });

  it('has the line endings of yours between the markers, too', () => {
    const merged = merge3({ base: 'a\nb\n', yours: 'a\r\nx\r\n', generated: 'a\ny\n' });
    const text = 'a\r\n<<<<<<< yours\r\nx\r\n=======\r\ny\r\n>>>>>>> generated\r\n';
    expect(merged).toEqual({ status: 'conflict', text, count: 1 });
  });

  it('a rewrite of everything', () => {
    const base = Array.from({ length: 200 }, (_, index) => `base${index}();`).join('\n');
    const yours = base.replaceAll('base', 'yours');
    const generated = base.replaceAll('base', 'ours');
    expect(merge3({ base, yours, generated })).toMatchObject({ status: 'conflict', count: 1 });
  });
});

describe('what is not sound', () => {
  const once = (text: string) => !/const a[\s\S]*const a/.test(text);

  it('is a conflict at the place that was merged with care', () => {
    const merged = merge3(
      {
        base: lines('x'),
        yours: lines('x', 'const a = 1;'),
        generated: lines('x', 'const a = 2;'),
      },
      once,
    );
    expect(merged).toMatchObject({ status: 'conflict', count: 1 });
  });

  it('is one conflict where every place merges alone', () => {
    const base = lines('x', '', 'y', '', 'z');
    const yours = lines('x', 'const a = 1;', '', 'y', '', 'z');
    const generated = lines('x', '', 'y', 'const a = 2;', '', 'z');
    const merged = merge3({ base, yours, generated }, once);
    expect(merged).toMatchObject({ status: 'conflict', count: 1 });
    if (merged.status !== 'conflict') return;
    expect(pick(merged.text, 'yours')).toBe(yours);
    expect(pick(merged.text, 'generated')).toBe(generated);
  });

  it('is not asked about what was not merged', () => {
    const merged = merge3({ base: 'a\n', yours: 'a\n', generated: 'b\n' }, () => false);
    expect(merged).toEqual({ status: 'replaced', text: 'b\n' });
  });
});

/** One side of every conflict. */
function pick(text: string, side: 'yours' | 'generated'): string {
  const conflict = /<<<<<<< yours\n([\s\S]*?)=======\n([\s\S]*?)>>>>>>> generated\n/g;
  return text.replace(conflict, side === 'yours' ? '$1' : '$2');
}

describe('where indentation is meaning', () => {
  const base = 'def show():\n    read()\n    write()\n';
  const generated = 'def show():\n    read()\n    check()\n    write()\n';
  const python = { isIndented: true };
  const merge = (yours: string, syntax = python) =>
    mergeBy({ base, yours, generated }, undefined, syntax);

  it('takes no line into a block that one side made', () => {
    const yours = 'def show():\n    if ready:\n        read()\n        write()\n';
    expect(merge(yours)).toMatchObject({ status: 'conflict' });
    expect(merge(yours, { isIndented: false })).toMatchObject({ status: 'merged' });
  });

  it('merges edits that leave the lines where they are', () => {
    const yours = 'def show():\n    read(now)\n    write()\n';
    const text = 'def show():\n    read(now)\n    check()\n    write()\n';
    expect(merge(yours)).toEqual({ status: 'merged', text });
  });

  it('puts the same line of two blocks into both of them', () => {
    const [mine, theirs] = ['    if mine:\n        log()\n', '    if theirs:\n        log()\n'];
    const start = 'def show():\n    read()\n';
    const versions = { base: start, yours: start + mine, generated: start + theirs };
    const text = start + mine + theirs;
    expect(mergeBy(versions, undefined, python)).toEqual({ status: 'merged', text });
  });
});
