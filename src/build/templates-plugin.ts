import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { compileTemplates } from './compile-templates.ts';

/** Makes `templates:<stack>/<part>` the module of the templates in `templates/<stack>/<part>`. */
export function templatesPlugin(root: string): Plugin {
  return {
    name: 'templates',
    setup(build) {
      build.onResolve({ filter: /^templates:/ }, ({ path }) => ({
        path: path.slice('templates:'.length),
        namespace: 'templates',
      }));
      build.onLoad({ filter: /./, namespace: 'templates' }, async ({ path }) => ({
        contents: await compileTemplates(join(root, 'templates', path)),
        resolveDir: root,
      }));
    },
  };
}
