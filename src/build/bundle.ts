import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Metafile, Plugin } from 'esbuild';
import { build, transform } from 'esbuild';
import { templatesPlugin } from './templates-plugin.ts';
import { typescriptPlugin } from './typescript-plugin.ts';

const TARGET = 'node20.19';

/**
 * Bundles entries with everything that they import, ready to run without `node_modules`: modules
 * are split as ESM, which esbuild does only there, then become CommonJS, which node starts sooner
 * and whose compiled code can be kept.
 */
export async function bundle(
  root: string,
  entryPoints: readonly string[],
  outdir: string,
): Promise<{ metafile: Metafile; id: string }> {
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [...entryPoints],
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: TARGET,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    mainFields: ['module', 'main'],
    minifyWhitespace: true,
    sourcemap: 'inline',
    sourcesContent: false,
    legalComments: 'none',
    define: { 'import.meta.url': 'moduleUrl' },
    metafile: true,
    logLevel: 'warning',
    plugins: [templatesPlugin(root), typescriptPlugin(root), noProcesses, noLocales, unmapped],
  });
  await Promise.all(outputFiles.map(({ path, text }) => writeCommonJs(path, text)));
  const id = createHash('sha256');
  for (const { path, hash } of outputFiles) id.update(`${basename(path)} ${hash}\n`);
  return { metafile, id: id.digest('hex').slice(0, 12) };
}

/** Bundles what starts the entries, in one file that node runs at once. */
export async function bundleStart(root: string, outdir: string, id: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: ['src/start/start.ts'],
    outfile: join(outdir, 'start.cjs'),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: TARGET,
    define: { BUILD: JSON.stringify(id) },
    logLevel: 'warning',
  });
}

async function writeCommonJs(path: string, text: string): Promise<void> {
  const { code, map } = await transform(text, {
    sourcefile: path,
    format: 'cjs',
    platform: 'node',
    target: TARGET,
    supported: { 'dynamic-import': false },
    minifyWhitespace: true,
    sourcemap: 'external',
    sourcesContent: false,
    legalComments: 'none',
    banner: /\bmoduleUrl\b/.test(text)
      ? `const moduleUrl = require('node:url').pathToFileURL(__filename).href;`
      : '',
  });
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.map`, map);
  await writeFile(path, `${code}//# sourceMappingURL=${basename(path)}.map\n`);
}

/** Commander could run subcommands that are files, of which we have none; the import takes 3 ms. */
const noProcesses: Plugin = {
  name: 'no-processes',
  setup(build) {
    build.onResolve({ filter: /^node:child_process$/ }, ({ importer, path }) =>
      /node_modules[\\/]commander[\\/]/.test(importer) ? { path, namespace: 'none' } : undefined,
    );
    build.onLoad({ filter: /./, namespace: 'none' }, () => ({ contents: '' }));
  },
};

/** Half of zod are its messages in other languages, and whoever passes zod on as a value gets them. */
const noLocales: Plugin = {
  name: 'no-locales',
  setup(build) {
    build.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: '',
    }));
  },
};

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
