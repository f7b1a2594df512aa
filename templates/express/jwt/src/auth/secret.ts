import * as z from 'zod';

/** What stands in examples and manuals, or runs over the keys. No secret made at random has one of these words in it. */
const wellKnown =
  /secret|password|change.?me|replace.?me|example|placeholder|abcdefgh|01234567|12345678|qwerty/i;
const make = `make one with: node -p "crypto.randomBytes(48).toString('base64url')"`;

/** A secret that access tokens are signed with. */
export const signingSecret = z
  .string(`Expected a secret: ${make}`)
  .refine((secret) => Buffer.byteLength(secret) >= 32, {
    error: `Expected 32 bytes or more: ${make}`,
    abort: true,
  })
  .refine(
    (secret) => new Set(secret).size >= 10 && !wellKnown.test(secret),
    `Expected a secret that nobody can guess: ${make}`,
  );
