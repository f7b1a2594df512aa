import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { shakeTypescript } from './shake-typescript.ts';

const COMPILER = /@ts-morph[\\/]common[\\/]dist[\\/]typescript\.js$/;

/**
 * Of ts-morph we use the TypeScript that it vendors, and of that the parser: an eighth of it, which
 * loads in a fraction of the time. An import of anything else from ts-morph fails the build.
 */
export function typescriptPlugin(root: string): Plugin {
  return {
    name: 'typescript',
    setup(build) {
      build.onResolve({ filter: /^ts-morph$/ }, () => ({
        path: 'ts-morph',
        namespace: 'ts-morph',
      }));
      build.onLoad({ filter: /./, namespace: 'ts-morph' }, () => ({
        contents: `export { ts } from '@ts-morph/common/dist/typescript.js';`,
        resolveDir: import.meta.dirname,
      }));
      build.onLoad({ filter: COMPILER }, async ({ path }) => ({
        contents: shakeTypescript(
          await readFile(path, 'utf8'),
          await wanted(join(root, 'src/stacks')),
        ),
        loader: 'js',
      }));
    },
  };
}

/** What is used of the compiler by those who import it. */
async function wanted(folder: string): Promise<Set<string>> {
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return new Set(
    texts
      .filter((text) => text.includes("from 'ts-morph'"))
      .flatMap((text) => [...text.matchAll(/\bts\.(\w+)/g)].map(([, name = '']) => name)),
  );
}
