import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { compileTemplates, quoteTemplates } from '../src/build/compile-templates.ts';
import { LongestFirst } from './longest-first.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Functions of their arguments; `settings` and `lost-imports` put modules in the place of others. */
const pure = ['test/{compare,manifest,plan,stacks,wire}/**/!(settings|lost-imports).test.ts'];

export default defineConfig({
  root,
  plugins: [
    {
      name: 'templates',
      resolveId: (id) => (/^(templates|sources):/.test(id) ? `\0${id}` : undefined),
      load: (id) => {
        const [, kind, folder] = /^\0(templates|sources):(.*)$/.exec(id) ?? [];
        if (kind === 'templates') return compileTemplates(`${root}templates/${folder}`);
        return kind === 'sources' ? quoteTemplates(`${root}templates/${folder}`) : undefined;
      },
    },
  ],
  test: {
    // Most of it waits for other processes: even two cores have room for three files at a time.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    sequence: { sequencer: LongestFirst },
    // Real processes, disks and databases: a busy machine may take its time, a hang may not.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      // Their files share what a worker has loaded, such as a compiler.
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
      {
        extends: true,
        test: {
          name: 'real',
          include: ['test/**/*.test.ts'],
          exclude: pure,
          globalSetup: ['test/generated/global-setup.ts', 'test/services/global-setup.ts'],
        },
      },
    ],
  },
});
