import { createSecretKey } from 'node:crypto';
import { errors, type JWTVerifyOptions, jwtVerify, SignJWT } from 'jose';
import * as z from 'zod';
import { name } from '../about.ts';
import type { Config } from '../config.ts';
import { type Caller, roles } from './roles.ts';

const algorithm = 'HS256';
const type = 'at+jwt';

/** The lifetime of an access token, in seconds. */
export const accessTokenLife = 600;

/** The content of a valid token; `expiresAt` in milliseconds. */
export type VerifiedToken = { caller: Caller; expiresAt: number };
export type Secrets = Pick<Config['auth'], 'secret' | 'previousSecret'>;
export type Tokens = ReturnType<typeof createTokens>;

const accepted: JWTVerifyOptions = {
  algorithms: [algorithm],
  typ: type,
  issuer: name,
  audience: name,
  requiredClaims: ['exp', 'iat'],
};
const claims = z.object({
  sub: z.uuid(),
  sid: z.uuid(),
  role: z.enum(roles),
  exp: z.int(),
});

/** Access tokens are signed with the secret; the previous secret is accepted as well. */
export function createTokens({ secret, previousSecret }: Secrets) {
  const key = createSecretKey(secret, 'utf8');
  const keys = previousSecret ? [key, createSecretKey(previousSecret, 'utf8')] : [key];

  async function readPayload(token: string): Promise<unknown> {
    for (const each of keys) {
      try {
        return (await jwtVerify(token, each, accepted)).payload;
      } catch (error) {
        if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
      }
    }
    throw new errors.JWSSignatureVerificationFailed();
  }

  return {
    sign({ id, role, sessionId }: Caller): Promise<string> {
      return new SignJWT({ sid: sessionId, role })
        .setProtectedHeader({ alg: algorithm, typ: type })
        .setIssuer(name)
        .setAudience(name)
        .setSubject(id)
        .setIssuedAt()
        .setExpirationTime(`${accessTokenLife}s`)
        .sign(key);
    },

    async verify(token: string): Promise<VerifiedToken | 'expired' | 'invalid'> {
      try {
        const { sub, sid, role, exp } = claims.parse(await readPayload(token));
        return { caller: { id: sub, role, sessionId: sid }, expiresAt: exp * 1000 };
      } catch (error) {
        return error instanceof errors.JWTExpired ? 'expired' : 'invalid';
      }
    },
  };
}
