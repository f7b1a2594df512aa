import { service } from '../services/service.ts';

/** The Redis of this run of the tests. Who counts in it has keys of their own. */
export const redisUrl = () => service('Redis');
