import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // What can only be seen on a PostgreSQL server is asked where there is one.
    exclude: process.env.DATABASE_URL ? [] : ['test/postgres/**'],
    globalSetup: 'test/global-setup.ts',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Files share their worker, and with it one database: starting one costs more than the tests.
    isolate: false,
    // What was compiled for the last run and has not changed is not compiled again.
    experimental: { fsModuleCache: true },
  },
});
