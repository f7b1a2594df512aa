import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { express } from '../../src/stacks/express/express.ts';
import { isSoundFile, isSoundTypeScript } from '../../src/stacks/typescript/wire/sound.ts';
import { everything, manifestWith } from '../stacks/manifests.ts';

describe('sound', () => {
  it.each([
    ['an empty file', ''],
    ['a type and a value of one name', 'const Post = 1; type Post = number;'],
    ['overloads', 'function a(x: 1): 1; function a(x: 2): 2; function a(x: number) { return x; }'],
    ['one name in two scopes', 'const a = 1; { const a = 2; } const b = (a: 1) => a;'],
    ['a getter with its setter', 'const a = { get b() { return 1; }, set b(x) {} };'],
    ['a static beside a member', 'class A { static b = 1; b = 2; }'],
    ['methods of several signatures', 'interface A { b(x: 1): 1; b(x: 2): 2 }'],
    ['a variable that is declared again', 'var a = 1; var a = 2;'],
    ['computed and spread members', 'const a = { ...b, ...b, [c]: 1, [d]: 2 };'],
    ['a member and a method call of one name', 'const a = { b: 1 }; a.b(); a.b();'],
    [
      'two augmentations',
      "declare module 'x' { interface A {} } declare module 'x' { const b: 1 }",
    ],
  ])('%s', (_, text) => {
    expect(isSoundTypeScript(text)).toBe(true);
  });

  it('is every file that the tool has and makes', () => {
    const src = fileURLToPath(new URL('../../src/', import.meta.url));
    const own = readdirSync(src, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => ({ path, content: readFileSync(`${src}${path}`, 'utf8') }));
    const manifest = manifestWith(...everything);
    const rendered = [
      ...express.renderProject(manifest, '1.0.0'),
      ...Object.keys(manifest.endpoints).flatMap((each) => express.renderEndpoint(manifest, each)),
    ];
    for (const { path, content } of [...own, ...rendered]) {
      expect({ path, isSound: isSoundFile(path, content) }).toEqual({ path, isSound: true });
    }
  });
});

describe('not sound', () => {
  it.each([
    ['an unclosed bracket', 'const a = {'],
    ['conflict markers', '<<<<<<< yours\nconst a = 1;\n=======\n>>>>>>> generated\n'],
    ['a constant twice', 'const a = 1; const a = 2;'],
    ['a constant like a destructured one', 'const a = 1; const { b: [a] } = c;'],
    ['a constant like a parameter', 'function f(a: 1) { const a = 2; }'],
    ['a function twice', 'function a() {} function a() {}'],
    ['a function like a constant', 'function a() {} const a = 1;'],
    ['a type twice', 'type A = 1; type A = 2;'],
    ['an interface twice', 'interface A { b: 1 } interface A { c: 1 }'],
    ['an import twice', "import { a } from 'a'; import { b as a } from 'b';"],
    ['a name twice in one import', "import { a, a } from 'a';"],
    ['an import like a constant', "import a from 'a'; const a = 1;"],
    ['an export twice', 'const a = 1; export { a }; export { a };'],
    ['two defaults', 'export default 1; export default 2;'],
    ['a key twice', "const a = { b: 1, 'b': 2 };"],
    ['a key like a shorthand', 'const a = { b, b: 1 };'],
    ['a key twice, deep inside', 'f(() => { return [{ a: { b: 1, b: 2 } }]; });'],
    ['a property twice', 'interface A { b: 1; b?: 2 }'],
    ['a property twice in a type', 'type A = { b: 1; c: { d: 1; d: 1 } };'],
    ['a method twice in a class', 'class A { b() {} b() {} }'],
    ['a private member twice', 'class A { #b = 1; #b = 2; }'],
    ['a member of an enum twice', 'enum A { B, C, B }'],
    ['a case twice', "switch (a) { case 'b': break; case 'b': break; }"],
    ['a constant twice in the cases', 'switch (a) { case 1: const b = 1; case 2: const b = 2; }'],
  ])('%s', (_, text) => {
    expect(isSoundTypeScript(text)).toBe(false);
  });
});

describe('a file of another kind', () => {
  it.each([
    ['package.json', '{ "a": 1 }', true],
    ['package.json', '\uFEFF{ "a": 1 }', true],
    ['package.json', '{ "a": 1, }', false],
    ['package.json', '{ "a": 1 // b\n }', false],
    ['package.json', '{ "a": 1, "a": 2 }', false],
    ['tsconfig.build.json', '{ "a": 1, // b\n }', true],
    ['tsconfig.json', '{ "a": 1 "b": 2 }', false],
    ['compose.yaml', '{ "a', true],
  ])('%s: %j', (path, text, isSound) => {
    expect(isSoundFile(path, text)).toBe(isSound);
  });
});

describe('names of a merged file', () => {
  const yours = 'const rows = 1;\nshow(rows);\n';
  const generated = 'const items = 1;\nshow(items);\nhide(items);\n';
  it.each([
    ['of both sides', 'const rows = 1;\nshow(rows);\nhide(rows);\n', true],
    ['that only a side declares', 'const rows = 1;\nshow(rows);\nhide(items);\n', false],
  ])('%s', (_, text, isSound) => {
    expect(isSoundFile('a.ts', text, [yours, generated])).toBe(isSound);
  });
});

describe('a text that git merged', () => {
  const generated = "import { url } from './fields.ts';\nexport const link = url();\n";
  it.each([
    ['misses no name', 'export const link = 1;\n', true],
    ['lost what declares a name', 'export const link = url();\n', false],
    ['uses a name of the language itself', "export const link = new URL('x:y');\n", true],
  ])('%s', (_, text, isSound) => {
    expect(isSoundFile('a.ts', text, [], [generated])).toBe(isSound);
  });

  it('is sound by its sides alone where both lost it: only what was generated tells', () => {
    const text = 'export const link = url();\n';
    expect(isSoundFile('a.ts', text, [text, text])).toBe(true);
    expect(isSoundFile('a.ts', text, [text, text], [generated])).toBe(false);
  });
});
