import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const bins = fileURLToPath(new URL('../../../bin', import.meta.url));

/** What the bench needs beside the packages of the generated project. */
const added = {
  autocannon: '9.0.0',
  fastify: '5.12.8',
  '@fastify/cors': '11.4.3',
  '@fastify/helmet': '13.2.0',
  '@fastify/rate-limit': '11.2.0',
  'pino-http': '11.0.0',
};

const fixedRoutes = `import { readFileSync } from 'node:fs';
import { Router } from 'express';
import type { Dependencies } from '../../dependencies.ts';
import { sendData } from '../../http/envelope.ts';
import { parseInput } from '../../http/validation.ts';
import { listPostsQuery } from '../posts/posts.schema.ts';

const rows: unknown = JSON.parse(readFileSync(process.env.FIXED_ROWS ?? '', 'utf8'));

export function fixedRoutes({ auth }: Dependencies): Router {
  const router = Router();
  router.get('/fixed', auth.requireUser, (req, res) => {
    const { limit } = parseInput(listPostsQuery, req.query);
    sendData(res, rows, { nextCursor: null, limit });
  });
  return router;
}
`;

/**
 * Makes and builds a project with tokens and one endpoint, by the built tool, and puts the route
 * `/api/fixed` beside it, which answers the rows of a file. Its packages and those of the others
 * are installed once, above it; or taken from the folder that BENCH_MODULES names.
 */
export function makeService(folder: string): string {
  const root = join(folder, 'service');
  const run = (script: string, args: string[], cwd: string) =>
    execFileSync(process.execPath, [script, ...args], {
      cwd,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  const create = [
    'service',
    '--yes',
    '--no-install',
    '--no-git',
    '--auth',
    'jwt',
    '--accounts',
    'none',
  ];
  const fields = ['title:string:max=120:search', 'body:text', 'price:decimal:min=0:filter:sort'];
  run(join(bins, 'create-backend.js'), create, folder);
  run(join(bins, 'gen.js'), ['endpoint', 'posts', ...fields], root);
  addFixedRoutes(root);
  install(folder, root);
  run(join(folder, 'node_modules/typescript/bin/tsc'), ['-p', 'tsconfig.build.json'], root);
  return root;
}

function addFixedRoutes(root: string): void {
  mkdirSync(join(root, 'src/modules/fixed'));
  writeFileSync(join(root, 'src/modules/fixed/fixed.routes.ts'), fixedRoutes);
  const path = join(root, 'src/routes.ts');
  const routes = readFileSync(path, 'utf8')
    .replace('\nimport', "\nimport { fixedRoutes } from './modules/fixed/fixed.routes.ts';\nimport")
    .replace('  return router;', '  router.use(fixedRoutes(deps));\n  return router;');
  writeFileSync(path, routes);
}

function install(folder: string, root: string): void {
  const given = process.env.BENCH_MODULES;
  if (given) symlinkSync(given, join(folder, 'node_modules'));
  else installAbove(folder, root, added);
}

/** Installs what a project needs to be built and to run, and more, into the folder above it. */
export function installAbove(folder: string, root: string, more: Record<string, string>): void {
  const project = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const types = Object.entries(project.devDependencies).filter(([name]) =>
    /^(@types\/|typescript$|pino-pretty$)/.test(name),
  );
  const dependencies = { ...project.dependencies, ...Object.fromEntries(types), ...more };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  execFileSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
}
