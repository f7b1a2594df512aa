/** The Redis that `.ci/run` names, or the one of this machine. Who counts in it has keys of his own. */
export const redisUrl = process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379/13';
