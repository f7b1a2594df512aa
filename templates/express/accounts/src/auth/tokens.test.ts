import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { forgeToken, testSecret, unsignedToken } from '../../test/tokens.ts';
import { createTokenCache } from './token-cache.ts';
import { createTokens } from './tokens.ts';

const otherSecret = testSecret.split('').reverse().join('');
const tokens = createTokens({ secret: testSecret, previousSecret: undefined });
const caller = { id: randomUUID(), role: 'moderator' as const, sessionId: randomUUID() };
const seconds = () => Math.floor(Date.now() / 1000);

describe('an access token', () => {
  it('says who the caller is, for ten minutes', async () => {
    const verified = await tokens.verify(await tokens.sign(caller));
    expect(verified).toEqual({ caller, expiresAt: expect.any(Number) });
    const left = typeof verified === 'string' ? 0 : verified.expiresAt - Date.now();
    expect(left).toBeGreaterThan(595_000);
    expect(left).toBeLessThanOrEqual(600_000);
  });

  it('as a test forges it would be taken, so that refusals are about what is wrong', async () => {
    expect(await tokens.verify(await forgeToken())).toMatchObject({ caller: { role: 'admin' } });
  });

  it('has an end', async () => {
    expect(await tokens.verify(await forgeToken({ exp: seconds() - 1 }))).toBe('expired');
  });

  it.each([
    ['signed with another secret', () => forgeToken({}, { secret: otherSecret })],
    ['that needs no signature', unsignedToken],
    ['signed with another algorithm', () => forgeToken({}, { alg: 'HS384' })],
    ['of another type', () => forgeToken({}, { typ: 'JWT' })],
    ['from another issuer', () => forgeToken({ iss: 'other' })],
    ['for another audience', () => forgeToken({ aud: 'other' })],
    ['without an end', () => forgeToken({ exp: undefined })],
    ['without a start', () => forgeToken({ iat: undefined })],
    ['not good yet', () => forgeToken({ nbf: seconds() + 60 })],
    ['without a session', () => forgeToken({ sid: undefined })],
    ['with a role that nobody has', () => forgeToken({ role: 'root' })],
    ['for nobody', () => forgeToken({ sub: 'admin' })],
    ['cut short', async () => (await forgeToken()).slice(0, -2)],
    ['that is none', () => 'garbage'],
  ])('%s is refused', async (_case, make) => {
    expect(await tokens.verify(await make())).toBe('invalid');
  });

  it('signed with the secret before this one is taken while that is known', async () => {
    const old = await tokens.sign(caller);
    const rotated = createTokens({ secret: otherSecret, previousSecret: testSecret });
    expect(await rotated.verify(old)).toMatchObject({ caller });
    expect(await rotated.verify(await rotated.sign(caller))).toMatchObject({ caller });
    expect(await tokens.verify(await rotated.sign(caller))).toBe('invalid');
    const later = createTokens({ secret: otherSecret, previousSecret: undefined });
    expect(await later.verify(old)).toBe('invalid');
  });
});

describe('the cache of verified tokens', () => {
  const verified = { caller, expiresAt: Date.now() + 60_000 };

  it('has a size: the oldest goes first', () => {
    const cache = createTokenCache(2);
    for (const token of ['a', 'b', 'a', 'c']) cache.set(token, verified, cache.now());
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([
      verified,
      undefined,
      verified,
    ]);
  });

  it('forgets what has expired, and whom it is told to', () => {
    const cache = createTokenCache(10);
    cache.set('old', { caller, expiresAt: Date.now() - 1 }, cache.now());
    cache.set('first', verified, cache.now());
    cache.set('second', { ...verified, caller: { ...caller, id: 'another' } }, cache.now());
    cache.forget(({ id }) => id === caller.id);
    expect(cache.get('old')).toBeUndefined();
    expect(cache.get('first')).toBeUndefined();
    expect(cache.get('second')).toBeDefined();
  });

  it('does not keep what was asked before its session ended', () => {
    const cache = createTokenCache(10);
    const since = cache.now();
    cache.forget(({ id }) => id === caller.id);
    cache.set('first', verified, since);
    expect(cache.get('first')).toBeUndefined();
  });
});
