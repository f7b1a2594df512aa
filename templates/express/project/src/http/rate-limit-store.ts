import { MemoryStore, type Options, type Store } from 'express-rate-limit';
import type { Redis } from 'ioredis';
import { RedisStore } from 'rate-limit-redis';
import type { SharedRedis } from '../redis.ts';

/** Counts in Redis, or in this process while Redis is unavailable. */
export function sharedStore(redis: SharedRedis, prefix: string): Store {
  const local = new MemoryStore();
  let options: Options | undefined;
  let shared: Promise<Store> | undefined;

  const open = async (connection: Redis): Promise<Store> => {
    const store = new RedisStore({
      prefix,
      sendCommand: async (command: string, ...args: string[]) => {
        const reply = await connection.call(command, ...args);
        return reply as number;
      },
    });
    if (options) await store.init(options);
    return store;
  };

  const count = <T>(work: (store: Store) => T | Promise<T>): Promise<T> =>
    redis.attempt(
      async (connection) => {
        shared ??= open(connection);
        return work(await shared);
      },
      async () => {
        // A store whose first command failed never recovers, so the next attempt creates a new one.
        shared = undefined;
        return work(local);
      },
    );

  return {
    localKeys: false,
    prefix,
    init(given) {
      options = given;
      local.init(given);
    },
    increment: (key) => count((store) => store.increment(key)),
    decrement: (key) => count((store) => store.decrement(key)),
    resetKey: (key) => count((store) => store.resetKey(key)),
    shutdown: () => local.shutdown(),
  };
}
