import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { compileTemplates } from '../src/build/compile-templates.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

export default defineConfig({
  root,
  plugins: [
    {
      name: 'templates',
      resolveId: (id) => (id.startsWith('templates:') ? `\0${id}` : undefined),
      load: (id) =>
        id.startsWith('\0templates:')
          ? compileTemplates(`${root}templates/${id.slice('\0templates:'.length)}`)
          : undefined,
    },
  ],
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/generated/global-setup.ts',
    // Real processes, disks and databases: a busy machine may take its time, a hang may not.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
