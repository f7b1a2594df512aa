import type { Caller } from './roles.ts';
import type { VerifiedToken } from './tokens.ts';

export type TokenCache = ReturnType<typeof createTokenCache>;

/** Verified tokens until they expire, at most `size` of them: a verification costs much of a read. */
export function createTokenCache(size: number) {
  const tokens = new Map<string, VerifiedToken>();
  let forgotten = 0;
  return {
    /** Before the database is asked about a token: what is forgotten meanwhile is not kept after. */
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
