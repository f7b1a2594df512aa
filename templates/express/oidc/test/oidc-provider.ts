import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

export const clientId = 'shop';
export const clientSecret = 'the secret of the client';

type Key = Parameters<SignJWT['sign']>[0];
/** Makes the ID token of somebody who signs in. */
type MakeToken = (claims: JWTPayload) => Promise<string> | string;
type Grant = { redirectUri: string; challenge: string; idToken: string; profile: JWTPayload };
type Answer = (res: ServerResponse) => void;

/** Where a request goes in place of what the provider does; by its path. */
type Faults = Record<string, Answer>;

/** A provider of OpenID Connect on a port of its own. Tests say who signs in there, and what it does wrong. */
export async function startProvider() {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }];
  const grants = new Map<string, Grant>();
  const asked: string[] = [];
  let faults: Faults = {};
  let issuer = '';

  /** Signs as the provider does, except for what is given. */
  const sign = (claims: JWTPayload, key: Key = privateKey, kid = 'one') =>
    new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid }).sign(key);

  const settings = () => ({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256'],
    authorization_response_iss_parameter_supported: true,
  });

  function redeem(body: URLSearchParams, authorization: string | undefined): object | undefined {
    const code = body.get('code') ?? '';
    const grant = grants.get(code);
    grants.delete(code);
    const secret = encodeURIComponent(clientSecret).replaceAll('%20', '+');
    const basic = `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`;
    const challenge = challengeOf(body.get('code_verifier') ?? '');
    const isRight = grant?.challenge === challenge && body.get('redirect_uri') === grant.redirectUri;
    if (!isRight || authorization !== basic) return undefined;
    return { access_token: code, token_type: 'Bearer', id_token: grant.idToken };
  }

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = req.url ?? '';
    asked.push(path);
    const fault = faults[path];
    if (fault) return fault(res);
    const { authorization } = req.headers;
    if (path === '/.well-known/openid-configuration') return send(res, 200, settings());
    if (path === '/jwks') return send(res, 200, { keys });
    if (path === '/userinfo') return send(res, 200, profiles.get(authorization ?? '') ?? {});
    const tokens = redeem(new URLSearchParams(await text(req)), authorization);
    return tokens ? send(res, 200, tokens) : send(res, 400, { error: 'invalid_grant' });
  }

  const profiles = new Map<string, JWTPayload>();
  const server = createServer((req, res) => void handle(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  issuer = `http://127.0.0.1:${address.port}`;

  return {
    issuer,
    /** The paths that were asked for. */
    asked,
    sign,

    /** What the provider answers at paths of its own from now on, until the next call. */
    fail(next: Faults) {
      faults = next;
    },

    /**
     * Somebody signs in at the address that the service sent them to. Returns the address that the
     * provider sends them back to. `profile` is what only userinfo tells.
     */
    async authorize(
      url: URL,
      claims: JWTPayload,
      { makeToken = sign, profile = {} }: { makeToken?: MakeToken; profile?: JWTPayload } = {},
    ): Promise<URL> {
      const param = (name: string) => url.searchParams.get(name) ?? '';
      const now = Math.floor(Date.now() / 1000);
      const base = { iss: issuer, aud: clientId, iat: now, exp: now + 60, nonce: param('nonce') };
      const code = randomBytes(16).toString('hex');
      const idToken = await makeToken({ ...base, ...claims });
      const redirectUri = param('redirect_uri');
      grants.set(code, { redirectUri, challenge: param('code_challenge'), idToken, profile });
      profiles.set(`Bearer ${code}`, { sub: claims.sub, ...profile });
      const back = new URL(redirectUri);
      back.search = `${new URLSearchParams({ code, state: param('state'), iss: issuer })}`;
      return back;
    },

    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export type FakeProvider = Awaited<ReturnType<typeof startProvider>>;

/** The challenge of a verifier (RFC 7636). */
export const challengeOf = (verifier: string) =>
  createHash('sha256').update(verifier).digest('base64url');

export function send(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
