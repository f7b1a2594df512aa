import usual from './vitest.config.ts';

const { projects: _, ...test } = usual.test ?? {};

/** Too slow for every run of the tests, and it takes a tool of Python: `npm run schemathesis`. */
export default {
  ...usual,
  test: {
    ...test,
    include: ['test/generated/schemathesis.slow.ts'],
    globalSetup: ['test/generated/global-setup.ts', 'test/services/global-setup.ts'],
  },
};
