import { posix, win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import { templatePath } from '../../src/build/compile-templates.ts';
import { below, foldersAbove, pathProblem, refuseDoubles } from '../../src/commit/paths.ts';

describe('the path below a root', () => {
  it.each([
    ['C:\\work\\shop', 'C:\\work\\shop\\src\\routes.ts', 'src/routes.ts'],
    ['C:\\work\\shop', 'c:\\WORK\\shop\\src\\db', 'src/db'],
    ['C:\\work\\shop\\', 'C:/work/shop/src/app.ts', 'src/app.ts'],
    ['C:\\work\\shop', 'C:\\work\\shop', undefined],
    ['C:\\work\\shop', 'C:\\work\\shopping\\a', undefined],
    ['C:\\work\\shop', 'C:\\work\\shop\\..\\other', undefined],
    ['C:\\work\\shop', 'D:\\work\\shop\\a', undefined],
    ['\\\\server\\share\\shop', '\\\\server\\share\\shop\\a\\b', 'a/b'],
    ['\\\\server\\share\\shop', '\\\\server\\other\\shop\\a', undefined],
    ['C:\\work\\shop', 'C:\\work\\shop\\..name\\a', '..name/a'],
  ])('on Windows, of %s and %s, is %s', (root, path, expected) => {
    expect(below(root, path, win32)).toBe(expected);
  });

  it.each([
    ['/work/shop', '/work/shop/src/routes.ts', 'src/routes.ts'],
    ['/work/shop', '/work/shop/a\\b', 'a\\b'],
    ['/work/shop', '/work/other', undefined],
  ])('elsewhere, of %s and %s, is %s', (root, path, expected) => {
    expect(below(root, path, posix)).toBe(expected);
  });
});

it('a template has the same path on every system', () => {
  const path = 'src/modules/[path]/[path].routes.ts.hbs';
  const windows = 'C:\\tool\\templates\\express\\resource';
  expect(templatePath(windows, win32.join(windows, ...path.split('/')), win32)).toBe(path);
  expect(templatePath('/tool/templates/', `/tool/templates/${path}`, posix)).toBe(path);
});

it.each([
  'src\\routes.ts',
  'C:/shop/a',
  'c:a',
  '\\\\server\\share\\a',
  'src/con',
  'src/modules/nul/nul.routes.ts',
  'src/COM1.ts',
  'src/aux.d.ts',
  'src/a.',
  'src/a ',
  'src/what?.ts',
  'src/a:stream',
])('%j is never written, since it means another thing on Windows', (path) => {
  expect(pathProblem(path)).toBeDefined();
});

it.each(['src/console.ts', 'src/communities/com10.ts', 'src/nuls.ts', '.env.example', '[a]/b.ts'])(
  '%j may be written',
  (path) => {
    expect(pathProblem(path)).toBeUndefined();
  },
);

it('two changes are refused that are of one file where disks ignore capitals', () => {
  expect(() => refuseDoubles(['src/Posts.ts', 'src/posts.ts'])).toThrow('src/posts.ts');
  expect(() => refuseDoubles(['src/posts.ts', 'src/post.ts'])).not.toThrow();
});

it('the folders above a path are told with `/` alone', () => {
  expect(foldersAbove('src/db/tables.ts')).toEqual(['src/db', 'src']);
});
