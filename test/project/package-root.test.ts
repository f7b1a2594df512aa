import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { packageRoot } from '../../src/project/package-root.ts';
import { folderWith } from './folder.ts';

it.each(['src/cli/gen.ts', 'dist/gen.cjs', 'dist/chunks/a.cjs'])(
  'is found from %s',
  async (path) => {
    const root = await folderWith({ 'package.json': '{}', [path]: '' });
    expect(packageRoot(pathToFileURL(join(root, path)).href)).toBe(root);
  },
);
