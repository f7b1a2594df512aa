import { describe, expect, it } from 'vitest';
import { isSoundFile } from '../../../src/stacks/python/sound.ts';

const file = (...lines: string[]) => `${lines.join('\n')}\n`;

describe('what Python would refuse is not sound', () => {
  it.each<[string, string]>([
    ['an open bracket', file('f(1')],
    ['an open string', file('a = "b', 'c = 1')],
    ['an indented line at the top', file('a = 1', '    b = 2')],
    ['a line between two depths', file('if a:', '    b = 1', '  c = 2')],
    ['a block that is no deeper', file('def f():', 'return 1')],
    ['a block of two depths', file('def f():', '    a = 1', '      b = 2')],
    ['an `else` at another depth', file('if a:', '    b = 1', '  else:', '    c = 2')],
    ['a decorator at another depth', file('class A:', '    @a', '  def b(self): ...')],
    ['a `try` alone', file('try:', '    a = 1', 'b = 2')],
    ['an argument behind a named one', file('f(a=1, b)')],
    ['the same behind a comment', file('f(', '    a=1,', '    # c', '    b,', ')')],
    ['markers of a merge', file('<<<<<<< yours', 'a = 1', '=======', 'a = 2', '>>>>>>> generated')],
  ])('%s', (_, text) => {
    expect(isSoundFile('app/a.py', text)).toBe(false);
  });
});

describe('what Python accepts is sound', () => {
  it.each<[string, string]>([
    ['nothing', ''],
    ['a byte order mark', '\uFEFFa = 1\n'],
    [
      'line endings of Windows',
      file('if a:', '    b = 1', 'else:', '    c = 2').replaceAll('\n', '\r\n'),
    ],
    ['tabs', file('if a:', '\tb = 1')],
    ['a star in an index', file('fields = Annotated[kind, *metadata, optional]', 'x = a[b *c]')],
    ['a star behind for', file('all = [(a, rest) for a, *rest in rows]')],
    [
      'brackets around what is opened',
      file('with (', '    open(a) as b,', '    open(c) as d,', '):', '    pass'),
    ],
    [
      'more than a name behind `as`',
      file('with open(a) as (b, c):', '    pass', 'with d as e.f, g() as h[0]:', '    pass'),
    ],
    [
      'the same in brackets',
      file('async with (', '    open(a) as (b, c),', '    d as e.f,', '):', '    pass'),
    ],
    [
      'decorators that are more than a name',
      file(
        '@(a or b)',
        'def c(): ...',
        '',
        '@d[0].e',
        'class F: ...',
        '',
        '@(lambda g: g)',
        'def h(): ...',
      ),
    ],
    ['types of many arguments', file('def f(*args: *Ts, **more: int) -> None: ...')],
    ['template strings', file('a = t"b {c}"', "d = rt'e' + T'''f", "{g}'''")],
    ['a bare yield', file('def f():', '    try:', '        yield', '    finally:', '        a()')],
    ['a form feed', 'a = 1\n\f\nclass B: ...\n'],
    ['a number that ends with a point', file('a = 20.', 'b = 1.e3')],
    [
      'patterns without arguments',
      file('match a:', '    case b.C():', '        pass', '    case str() as d:', '        pass'),
    ],
    ['strings in a row', file('a = (', '    "it\'s"', "    'b'", ')')],
    ['nested quotes of 3.12', file('a = f"{b["c"]}"', 'type D[T] = list[T]')],
    ['statements on a line', file('if a: b = 1; c = 2', 'd = 3; e = 4')],
    ['lines that go on', file('a = 1 + \\', '  2', 'b(', '        1,', '  2)')],
    ['comments at any depth', file('def f():', '  # b', '    a = 1', '# c', '    return a')],
    [
      'a setter',
      file(
        'class A:',
        '    @property',
        '    def b(self): ...',
        '',
        '    @b.setter',
        '    def b(self, c): ...',
      ),
    ],
    [
      'names that branches share',
      file('try:', '    import a', 'except ImportError:', '    a = None'),
    ],
    ['a variable with two values', file('a = 1', 'a = a + 1')],
  ])('%s', (_, text) => {
    expect(isSoundFile('app/a.py', text)).toBe(true);
  });
});

describe('what a merge put there twice', () => {
  it.each<[string, string]>([
    ['a function', file('def a(): ...', 'async def a(): ...')],
    ['a class', file('class A: ...', 'class A: ...')],
    ['a method', file('class A:', '    def b(self): ...', '    def b(self, c): ...')],
    ['an attribute', file('class A:', '    b: int', '    b: int = 1')],
    ['an import', file('from a import b', 'from c import d as b')],
    ['two imports of a line', file('from a import (', '    b,', '    b,', ')')],
    ['a parameter', file('def a(b, *, b=1): ...')],
    ['a parameter below a comment', file('def a(', '    b,', '    # c', '    b,', '): ...')],
    ['a named argument', file('a(b=1, b=2)')],
    ['a key', file('a = {"b": 1, "b": 2}')],
  ])('%s is not sound', (_, text) => {
    expect(isSoundFile('app/a.py', text)).toBe(false);
    // It stays where a person had it so.
    expect(isSoundFile('app/a.py', text, [text])).toBe(true);
  });

  it('is not sound for a variable that each side has once', () => {
    const text = file('Title = str', 'Title = int');
    expect(isSoundFile('app/a.py', text, ['Title = str\n', 'Title = int\n'])).toBe(false);
  });

  it.each([
    ['a table', '[a]\nb = 1\n[c]\n[a]\nd = 1\n', false],
    ['a key', '[a]\nb = 1\nb = 2\n', false],
    ['a key of two tables', '[a]\nb = 1\n[c]\nb = 2\n', true],
    ['a key of a list of tables', '[[a]]\nb = 1\n[[a]]\nb = 2\n', true],
  ])('%s in pyproject.toml', (_, text, isSound) => {
    expect(isSoundFile('pyproject.toml', text)).toBe(isSound);
  });
});

describe('names that nothing declares any more', () => {
  const sides = [
    file('from a import b, c', 'b()', 'c()'),
    file('from a import b', 'def f():', '    return b'),
  ];
  it.each<[string, string, boolean]>([
    ['one that lost its import', file('from a import b', 'b()', 'c()'), false],
    ['all there', file('from a import b, c', 'b()', 'c()'), true],
    ['a name of a function', file('from a import b', 'def f():', '    g = b', '', 'g()'), false],
    [
      'a name of a class in its method',
      file('class A:', '    g = 1', '', '    def h(self):', '        return g'),
      false,
    ],
    ['a name of a class in its body', file('class A:', '    g = 1', '    h = g'), true],
    [
      'all ways to declare one',
      file(
        'import g.h, i.j as k',
        'for l, (m, *n) in g: ...',
        'with k as o, l as p: ...',
        'try: ...',
        'except g as q: ...',
        '(r := 1)',
        's: int = 1',
        't, u = v = r',
        'def w(x, *y, z=1, **aa): return x, y, z, aa',
        'bb = [cc for cc in s if cc]',
        'dd = lambda ee, *ff: ee(ff)',
        'match q:',
        '    case [gg, *hh] | {"a": gg, **hh} | g.C(jj=gg) if gg: hh',
        'class kk(k, metaclass=o): ...',
        'w(q=p, b=[m, n, t, u, v, bb, dd, kk])',
      ),
      true,
    ],
    [
      'the same with comments between',
      file(
        'from a import (',
        '    # import',
        '    b as',
        '    # name',
        '    g,',
        ')',
        'for (',
        '    # target',
        '    h',
        ') in g: ...',
        'def i(',
        '    j,',
        '    # parameter',
        '    k,',
        '    *,',
        '    # named',
        '    l=g,',
        '): return j, k, l',
        'i(',
        '    j',
        '    # argument',
        '    =h,',
        ')',
      ),
      true,
    ],
  ])('%s', (_, text, isSound) => {
    expect(isSoundFile('app/a.py', text, [...sides, 'int\n'])).toBe(isSound);
  });

  it('are not missed where git merged branches that declared them', () => {
    const generated = [file('from a import b', 'b()')];
    expect(isSoundFile('app/a.py', 'b()\n', ['b()\n'], generated)).toBe(false);
    expect(isSoundFile('app/a.py', 'print(1)\n', [], generated)).toBe(true);
  });
});

describe('what a person wrote that only the parser refuses', () => {
  const yours = file('@a if b else c', 'def d(): ...');

  it.each<[string, string, boolean]>([
    ['stays in a merged file', file('import e', '', '@a if b else c', 'def d(): ...'), true],
    ['excuses nothing else', file('import e', '', '@a if b else c', 'def d(: ...'), false],
    ['excuses no other place', file('@a if b else c', 'def d(): ...', 'e = (', 'f'), false],
  ])('%s', (_, merged, isSound) => {
    expect(isSoundFile('app/a.py', yours)).toBe(false);
    expect(isSoundFile('app/a.py', merged, [yours])).toBe(isSound);
  });

  it('is no excuse for what a merge left behind', () => {
    const marked = file('<<<<<<< ours', 'a = 1', '=======', 'a = 2', '>>>>>>> theirs');
    expect(isSoundFile('app/a.py', marked, [marked])).toBe(false);
  });
});
