import usual from './vitest.config.ts';

/** Too slow for every run of the tests, and it takes a tool of Python: `npm run schemathesis`. */
export default {
  ...usual,
  test: { ...usual.test, include: ['test/generated/schemathesis.slow.ts'] },
};
