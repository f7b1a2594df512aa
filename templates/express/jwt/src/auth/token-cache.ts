import type { Caller } from './roles.ts';
import type { VerifiedToken } from './tokens.ts';

export type TokenCache = ReturnType<typeof createTokenCache>;

/** Verified tokens until they expire, at most `size` of them: a verification costs much of a read. */
export function createTokenCache(size: number) {
  const tokens = new Map<string, VerifiedToken>();
  return {
    get(token: string): VerifiedToken | undefined {
      const known = tokens.get(token);
      if (known && known.expiresAt > Date.now()) return known;
      tokens.delete(token);
      return undefined;
    },

    set(token: string, verified: VerifiedToken): void {
      tokens.delete(token);
      const [oldest] = tokens.keys();
      if (oldest !== undefined && tokens.size >= size) tokens.delete(oldest);
      tokens.set(token, verified);
    },

    forget(matches: (caller: Caller) => boolean): void {
      for (const [token, { caller }] of tokens) if (matches(caller)) tokens.delete(token);
    },
  };
}
