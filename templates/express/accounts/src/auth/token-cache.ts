import type { Caller } from './roles.ts';
import type { VerifiedToken } from './tokens.ts';

export type TokenCache = ReturnType<typeof createTokenCache>;

/** Caches up to `size` verified tokens until they expire, since verification is expensive. */
export function createTokenCache(size: number) {
  const tokens = new Map<string, VerifiedToken>();
  let forgotten = 0;
  return {
    /** Call it before a database query, and pass it to `set`, which ignores outdated results. */
    now: () => forgotten,

    get(token: string): VerifiedToken | undefined {
      const known = tokens.get(token);
      if (known && known.expiresAt > Date.now()) return known;
      tokens.delete(token);
      return undefined;
    },

    set(token: string, verified: VerifiedToken, since: number): void {
      if (since !== forgotten) return;
      tokens.delete(token);
      const [oldest] = tokens.keys();
      if (oldest !== undefined && tokens.size >= size) tokens.delete(oldest);
      tokens.set(token, verified);
    },

    forget(matches: (caller: Caller) => boolean): void {
      forgotten += 1;
      for (const [token, { caller }] of tokens) if (matches(caller)) tokens.delete(token);
    },
  };
}
