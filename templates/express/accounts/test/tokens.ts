import { randomBytes, randomUUID } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import { name } from '../src/about.ts';

export const testSecret = randomBytes(48).toString('base64url');

const base = { iss: name, aud: name, role: 'admin' };
const inTime = () => Math.floor(Date.now() / 1000) + 60;

/** An access token as the server would sign it, but for what is given. */
export function forgeToken(
  payload: JWTPayload = {},
  { secret = testSecret, typ = 'at+jwt', alg = 'HS256' } = {},
): Promise<string> {
  const ids = { sub: randomUUID(), sid: randomUUID() };
  return new SignJWT({ ...base, ...ids, iat: inTime() - 120, exp: inTime(), ...payload })
    .setProtectedHeader({ alg, typ })
    .sign(new TextEncoder().encode(secret));
}

/** A token that says of itself that it needs no signature. */
export function unsignedToken(): string {
  const header = { alg: 'none', typ: 'at+jwt' };
  const payload = { ...base, sub: randomUUID(), sid: randomUUID(), iat: 0, exp: inTime() };
  return `${encode(header)}.${encode(payload)}.`;
}

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

/** Values of `Authorization` that nobody gets in with, each with what is wrong with it. */
export async function badTokens(): Promise<[string, string | undefined][]> {
  const expired = await forgeToken({ exp: inTime() - 61 });
  const wronglySigned = await forgeToken({}, { secret: testSecret.split('').reverse().join('') });
  return [
    ['no token', undefined],
    ['garbage', 'Bearer garbage'],
    ['an expired token', `Bearer ${expired}`],
    ['a wrongly signed token', `Bearer ${wronglySigned}`],
    ['a token with alg none', `Bearer ${unsignedToken()}`],
  ];
}
