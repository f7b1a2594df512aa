import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { bins, installAbove } from './service.ts';

const rivals = {
  '@apollo/server': '5.5.1',
  '@as-integrations/express5': '1.1.2',
  autocannon: '9.0.0',
  cors: '2.8.6',
  'graphql-yoga': '5.24.1',
};

/** Makes and builds the same project with GraphQL and without it, side by side in a folder. */
export function makeGraphqlServices(folder: string): void {
  const run = (script: string, args: string[], cwd: string) =>
    execFileSync(process.execPath, [script, ...args], {
      cwd,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  const gen = join(bins, 'gen.js');
  const roots = Object.entries({ service: 'both', without: 'rest' }).map(([name, api]) => {
    const root = join(folder, name);
    const flags = ['--auth', 'none', '--api', api, '--yes', '--no-install', '--no-git'];
    run(join(bins, 'create-backend.js'), [name, ...flags], folder);
    const fields = ['title:string:max=120:search', 'body:text', 'price:decimal:min=0:filter:sort'];
    run(gen, ['endpoint', 'posts', ...fields], root);
    run(gen, ['endpoint', 'comments', 'text:text', 'post:ref:posts'], root);
    return root;
  });
  installAbove(folder, join(folder, 'service'), rivals);
  const tsc = join(folder, 'node_modules/typescript/bin/tsc');
  for (const root of roots) run(tsc, ['-p', 'tsconfig.build.json'], root);
}
