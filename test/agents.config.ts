import usual from './vitest.config.ts';

const { projects: _, ...test } = usual.test ?? {};

/** A gigabyte of programs, which is too much for every run of the tests: `npm run agents`. */
export default {
  ...usual,
  test: {
    ...test,
    include: ['test/generated/agent-programs.slow.ts'],
    globalSetup: ['test/generated/global-setup.ts', 'test/services/global-setup.ts'],
  },
};
