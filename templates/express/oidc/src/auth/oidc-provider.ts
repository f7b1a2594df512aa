import * as client from 'openid-client';
import { storable } from '../http/fields.ts';
import { userEmail } from '../modules/users/users.schema.ts';
import { refusalOf, SignInRefused } from './oidc-refusals.ts';
import { isLoopback, type ProviderSettings } from './oidc-settings.ts';

/** How long a provider may take to answer a request (s). */
const deadline = 5;
/** How far its clock may be from ours (s). */
const tolerance = 30;
/** How long its settings are remembered (ms). */
const settingsLife = 3_600_000;

/** What an attempt sends to the provider and expects back. */
export type Checks = { state: string; nonce: string; verifier: string };

/** Who somebody is at a provider. `email` is null unless the provider has verified it. */
export type Claims = { issuer: string; subject: string; email: string | null };

export type Provider = ReturnType<typeof createProvider>;

const subjectOf = storable({ min: 1, max: 255 });

/**
 * A provider of OpenID Connect, which is asked for its settings when they are needed: it may be away
 * while this service starts. Every function throws `SignInRefused`.
 */
export function createProvider(settings: ProviderSettings, redirectUri: string) {
  const { issuer, clientId, scopes } = settings;
  let known: { configuration: Promise<client.Configuration>; until: number } | undefined;

  function discover(): Promise<client.Configuration> {
    if (known && Date.now() < known.until) return known.configuration;
    const metadata = { [client.clockTolerance]: tolerance };
    const configuration = client.discovery(issuer, clientId, metadata, authenticate(settings), {
      timeout: deadline,
      [client.customFetch]: (url, options) => fetch(safe(url, issuer), options),
      execute: [
        client.enableNonRepudiationChecks,
        ...(isLoopback(issuer) ? [client.allowInsecureRequests] : []),
      ],
    });
    const checked = configuration.then(requireSafe);
    known = { configuration: checked, until: Date.now() + settingsLife };
    checked.catch(() => {
      if (known?.configuration === checked) known = undefined;
    });
    return checked;
  }

  function requireSafe(configuration: client.Configuration): client.Configuration {
    const { authorization_endpoint, token_endpoint, jwks_uri } = configuration.serverMetadata();
    for (const each of [authorization_endpoint, token_endpoint, jwks_uri]) safe(each, issuer);
    return configuration;
  }

  async function reach(): Promise<client.Configuration> {
    try {
      return await discover();
    } catch (error) {
      throw new SignInRefused('provider_unavailable', refusalOf(error).details);
    }
  }

  return {
    /** The address at the provider where the user signs in (RFC 6749, RFC 7636). */
    async authorizationUrl({ state, nonce, verifier }: Checks): Promise<string> {
      const configuration = await reach();
      const url = client.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: scopes,
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      return url.href;
    },

    /** Exchanges what the provider answered for who the user is, and checks all of it. */
    async claimsOf(answer: string, { state, nonce, verifier }: Checks): Promise<Claims> {
      const configuration = await reach();
      try {
        const tokens = await client.authorizationCodeGrant(
          configuration,
          new URL(`${redirectUri}?${answer}`),
          { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier },
        );
        const claims = tokens.claims();
        const { data: subject } = subjectOf.safeParse(claims?.sub);
        if (!claims || subject === undefined) throw new SignInRefused('invalid_response');
        const isTold = claims.email !== undefined && claims.email_verified !== undefined;
        const asks = !isTold && configuration.serverMetadata().userinfo_endpoint !== undefined;
        const told = asks
          ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)
          : claims;
        return { issuer: claims.iss, subject, email: verifiedEmail(told) };
      } catch (error) {
        throw refusalOf(error);
      }
    },
  };
}

/** Some providers send the text `true`. */
function verifiedEmail(told: Readonly<Record<string, unknown>>): string | null {
  const { email, email_verified: verified } = told;
  const { data } = userEmail.safeParse(email);
  return data !== undefined && (verified === true || verified === 'true') ? data : null;
}

/** The address, if requests to it are encrypted, or stay on this machine as those to the issuer. */
function safe(address: string | undefined, issuer: URL): string {
  if (address !== undefined && URL.canParse(address)) {
    const url = new URL(address);
    if (url.protocol === 'https:' || (isLoopback(url) && isLoopback(issuer))) return address;
  }
  throw new SignInRefused('provider_unavailable', { code: 'UNSAFE_ADDRESS' });
}

/** `client_secret_basic` is the default of OpenID Connect Discovery 1.0. */
function authenticate({ clientSecret }: ProviderSettings): client.ClientAuth {
  if (clientSecret === undefined) return client.None();
  return (server, ...request) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const isBasic = methods.includes('client_secret_basic');
    const how = isBasic ? client.ClientSecretBasic : client.ClientSecretPost;
    how(clientSecret)(server, ...request);
  };
}
