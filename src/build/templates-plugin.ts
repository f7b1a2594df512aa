import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { compileTemplates, quoteTemplates } from './compile-templates.ts';

const modules = { templates: compileTemplates, sources: quoteTemplates };

/**
 * Makes `templates:<stack>/<part>` the module of the templates in `templates/<stack>/<part>`, ready
 * to render, and `sources:<stack>/<part>` the module of their texts.
 */
export function templatesPlugin(root: string): Plugin {
  return {
    name: 'templates',
    setup(build) {
      for (const [namespace, moduleOf] of Object.entries(modules)) {
        build.onResolve({ filter: new RegExp(`^${namespace}:`) }, ({ path }) => ({
          path: path.slice(namespace.length + 1),
          namespace,
        }));
        build.onLoad({ filter: /./, namespace }, async ({ path }) => ({
          contents: await moduleOf(join(root, 'templates', path)),
          resolveDir: root,
        }));
      }
    },
  };
}
