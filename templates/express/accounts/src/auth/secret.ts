import * as z from 'zod';

/** Words of examples, and keyboard patterns. A random secret does not contain any of them. */
const wellKnown =
  /secret|password|change.?me|replace.?me|example|placeholder|abcdefgh|01234567|12345678|qwerty/i;
const make = `make one with: node -p "crypto.randomBytes(48).toString('base64url')"`;

/** The secret that signs access tokens. */
export const signingSecret = z
  .string(`Expected a secret: ${make}`)
  .refine((secret) => Buffer.byteLength(secret) >= 32, {
    error: `Expected at least 32 bytes: ${make}`,
    abort: true,
  })
  .refine(
    (secret) => new Set(secret).size >= 10 && !wellKnown.test(secret),
    `Expected a random secret: ${make}`,
  );
