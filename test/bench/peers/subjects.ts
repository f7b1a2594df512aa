import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Subject } from '../measure.ts';
import { root } from '../own.ts';

/** Makes of each peer's folder a project in which it can generate what comes closest to an endpoint. */
export function peerSubjects(
  folder: string,
): Record<'create' | 'nest' | 'hygen' | 'plop' | 'adonis', Subject> {
  const nest = join(folder, 'nest/node_modules/@nestjs/cli/bin/nest.js');
  const create = ['new', 'made', '--skip-install', '--skip-git', '--package-manager', 'npm'];
  const made = join(folder, 'nest/made');
  const resource = ['g', 'resource', 'posts', '--type', 'rest', '--crud'];
  execFileSync(process.execPath, [nest, ...create], { cwd: join(folder, 'nest'), stdio: 'ignore' });
  // The first resource installs a package, which is not what is compared.
  execFileSync(process.execPath, [nest, ...resource], { cwd: made, stdio: 'ignore' });
  const module = join(made, 'src/app.module.ts');
  const wired = readFileSync(module, 'utf8');
  const unwired = wired.replace(/^.*posts\.module.*\n/m, '').replace(/,? ?PostsModule/, '');

  const hygen = join(folder, 'hygen');
  mkdirSync(join(hygen, '_templates/endpoint/new'), { recursive: true });
  mkdirSync(join(folder, 'plop/templates'), { recursive: true });
  for (const [name, text] of slice()) {
    const to = `---\nto: made/<%= name %>/${name}\n---\n`;
    writeFileSync(
      join(hygen, `_templates/endpoint/new/${name}.ejs.t`),
      `${to}${text('<%= name %>')}`,
    );
    writeFileSync(join(folder, 'plop/templates', `${name}.hbs`), text('{{name}}'));
  }
  writeFileSync(join(folder, 'plop/plopfile.js'), plopfile(slice().map(([name]) => name)));
  writeAdonis(join(folder, 'adonis'));
  const without = (path: string) => () => rmSync(path, { recursive: true, force: true });
  return {
    create: {
      name: 'nest new --skip-install --skip-git',
      args: [nest, ...create.with(1, 'again')],
      cwd: join(folder, 'nest'),
      prepare: without(join(folder, 'nest/again')),
    },
    nest: {
      name: 'nest g resource (7 files, wired, no database)',
      args: [nest, ...resource],
      cwd: made,
      prepare: () => {
        rmSync(join(made, 'src/posts'), { recursive: true, force: true });
        writeFileSync(module, unwired);
      },
    },
    hygen: {
      name: 'hygen new (8 files, nothing wired)',
      args: [join(hygen, 'node_modules/hygen/dist/bin.js'), 'endpoint', 'new', 'posts'],
      cwd: hygen,
      prepare: without(join(hygen, 'made')),
    },
    plop: {
      name: 'plop (8 files, nothing wired)',
      args: [join(folder, 'plop/node_modules/plop/bin/plop.js'), 'endpoint', 'posts'],
      cwd: join(folder, 'plop'),
      prepare: without(join(folder, 'plop/made')),
    },
    adonis: {
      name: 'ace make:controller --resource (1 file)',
      args: ['ace.js', 'make:controller', 'posts', '--resource'],
      cwd: join(folder, 'adonis'),
      prepare: without(join(folder, 'adonis/app')),
    },
  };
}

/** The files of our own resource, as texts in which only a name is filled in. */
function slice(): [string, (name: string) => string][] {
  const module = join(root, 'templates/express/resource/src/modules');
  const files = readdirSync(module, { recursive: true, withFileTypes: true });
  return files
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const lines = readFileSync(join(entry.parentPath, entry.name), 'utf8').split('\n').length;
      const name = entry.name.replace(/\[\w+\]\.|\.hbs$/g, '');
      return [name, (word) => `export const ${word} = 1;\n`.repeat(lines)];
    });
}

function plopfile(names: string[]): string {
  return `export default (plop) => plop.setGenerator('endpoint', {
  prompts: [{ type: 'input', name: 'name' }],
  actions: ${JSON.stringify(names)}.map((file) => ({
    type: 'add', path: \`made/{{name}}/\${file}\`, templateFile: \`templates/\${file}.hbs\`,
  })),
});
`;
}

// Its starter kits come from GitHub; these are their files that a generating command reads.
function writeAdonis(folder: string): void {
  const files = {
    'ace.js': `import 'ts-node-maintained/register/esm';\nawait import('./bin/console.js');\n`,
    'bin/console.ts': `import 'reflect-metadata';
import { Ignitor } from '@adonisjs/core';
const root = new URL('../', import.meta.url);
const importer = (path: string) => import(path.startsWith('.') ? new URL(path, root).href : path);
await new Ignitor(root, { importer }).ace().handle(process.argv.splice(2));
`,
    'adonisrc.ts': `import { defineConfig } from '@adonisjs/core/app';
export default defineConfig({
  commands: [() => import('@adonisjs/core/commands')],
  providers: [() => import('@adonisjs/core/providers/app_provider')],
});
`,
    'config/app.ts': `import { defineConfig } from '@adonisjs/core/http';\nexport const http = defineConfig({});\n`,
    'tsconfig.json': JSON.stringify({
      extends: '@adonisjs/tsconfig/tsconfig.app.json',
      compilerOptions: { rootDir: './', outDir: './build' },
      'ts-node': { swc: true },
    }),
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
