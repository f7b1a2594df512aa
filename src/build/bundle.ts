import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Metafile, Plugin } from 'esbuild';
import { build } from 'esbuild';
import { templatesPlugin } from './templates-plugin.ts';
import { typescriptPlugin } from './typescript-plugin.ts';

// What CommonJS dependencies expect to find around them.
const BANNER = [
  `import { createRequire } from 'node:module';`,
  'const require = createRequire(import.meta.url);',
  'const __filename = import.meta.filename;',
  'const __dirname = import.meta.dirname;',
].join('');

/** Bundles entries with everything that they import, ready to run without `node_modules`. */
export async function bundle(
  root: string,
  entryPoints: readonly string[],
  outdir: string,
): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [...entryPoints],
    outdir,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    mainFields: ['module', 'main'],
    minifyWhitespace: true,
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    banner: { js: BANNER },
    metafile: true,
    logLevel: 'warning',
    plugins: [templatesPlugin(root), typescriptPlugin(root), unmapped],
  });
  return metafile;
}

/** Keeps the lines of dependencies out of the source maps, which would be as large as the code. */
const unmapped: Plugin = {
  name: 'unmapped',
  setup(build) {
    build.onLoad({ filter: /node_modules.*\.[cm]?js$/ }, async ({ path }) => {
      const map = JSON.stringify({ version: 3, sources: [basename(path)], mappings: 'AAAA' });
      const url = `data:application/json;base64,${Buffer.from(map).toString('base64')}`;
      const contents = `${await readFile(path, 'utf8')}\n//# sourceMappingURL=${url}`;
      return { contents, loader: 'js' };
    });
  },
};
