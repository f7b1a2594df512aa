import { MemoryStore, type Options, type Store } from 'express-rate-limit';
import type { Redis } from 'ioredis';
import { RedisStore } from 'rate-limit-redis';

/** Counts in Redis while it answers, and in this process while it does not. */
export function sharedStore(redis: Redis, name: string): Store {
  const local = new MemoryStore();
  let options: Options | undefined;
  let shared: RedisStore | undefined;

  const open = () => {
    const store = new RedisStore({
      prefix: `rate:${name}:`,
      sendCommand: async (command: string, ...args: string[]) => {
        const reply = await redis.call(command, ...args);
        return reply as number;
      },
    });
    if (options) store.init(options);
    return store;
  };

  const count = async <T>(work: (store: Store) => T): Promise<Awaited<T>> => {
    if (redis.status !== 'ready') return await work(local);
    try {
      shared ??= open();
      return await work(shared);
    } catch {
      // A store whose first command failed would fail for ever: the next request opens another.
      shared = undefined;
      return await work(local);
    }
  };

  return {
    localKeys: false,
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
