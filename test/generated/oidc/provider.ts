import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';
import { listening } from './listen.ts';

export const client = { id: 'shop', secret: randomBytes(24).toString('base64url') };

/**
 * A real provider of OpenID Connect, where anybody signs in by the name that they type: `ada` has
 * the verified address `ada@example.com`, and who begins with `unsure` one that is not verified.
 */
export async function startProvider(redirectUri: string) {
  const server = createServer();
  const { url: issuer, stop } = await listening(server);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [redirectUri],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    findAccount: (_context, accountId) => ({
      accountId,
      claims: () => ({
        sub: accountId,
        email: `${accountId}@example.com`,
        email_verified: !accountId.startsWith('unsure'),
      }),
    }),
    cookies: { keys: [randomBytes(24).toString('base64url')] },
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig' }] },
    pkce: { required: () => true },
  });
  server.on('request', provider.callback());
  return { issuer, stop };
}

/** Something that listens in the place of a provider, and answers so. */
export async function startBroken(answer: string | undefined) {
  const server = createServer((_req, res) => {
    if (answer !== undefined) res.end(answer);
  });
  const { url: issuer, stop } = await listening(server);
  return { issuer, stop };
}
