import type { Plugin } from 'esbuild';

const COMPILER = '@ts-morph/common/dist/typescript.js';

/**
 * Of ts-morph we use the TypeScript that it vendors. This leaves out the rest, most of all the 2.9 MB
 * of lib.d.ts texts; an import of anything else from it fails the build.
 */
export const typescriptPlugin: Plugin = {
  name: 'typescript',
  setup(build) {
    build.onResolve({ filter: /^ts-morph$/ }, () => ({ path: 'ts-morph', namespace: 'ts-morph' }));
    build.onLoad({ filter: /./, namespace: 'ts-morph' }, () => ({
      contents: `import ts from '${COMPILER}'; export { ts };`,
      resolveDir: import.meta.dirname,
    }));
  },
};
