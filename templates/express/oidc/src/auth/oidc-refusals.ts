import * as client from 'openid-client';

/** Why a sign-in has failed, as the page is told where it ends. */
export type Reason =
  | 'access_denied'
  | 'account_exists'
  | 'already_linked'
  | 'email_unverified'
  | 'expired'
  | 'invalid_response'
  | 'provider_unavailable'
  | 'registration_closed';

/** A sign-in that fails. `details` are for the log, and hold nothing secret. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';
  readonly reason: Reason;
  readonly details: object;

  constructor(reason: Reason, details: object = {}) {
    super(reason);
    this.reason = reason;
    this.details = details;
  }
}

/** What a provider answers that cannot serve now (RFC 6749, section 4.1.2.1). */
const busy = new Set(['server_error', 'temporarily_unavailable']);
/** Errors of the library where the provider is slow, or answers with something else. */
const broken = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
]);

/** Sorts the errors of the library. Its messages are constant, and so safe to log. */
export function refusalOf(error: unknown): SignInRefused {
  if (error instanceof SignInRefused) return error;
  if (error instanceof client.AuthorizationResponseError) return refusedBy(error.error);
  if (error instanceof client.ResponseBodyError) {
    const { status, error: code } = error;
    return new SignInRefused(status < 500 ? 'invalid_response' : 'provider_unavailable', { code });
  }
  if (error instanceof client.ClientError) {
    const { code, message, cause } = error;
    if (cause instanceof SignInRefused) return cause;
    const isBroken = code !== undefined && broken.has(code);
    const reason = isBroken ? 'provider_unavailable' : 'invalid_response';
    return new SignInRefused(reason, { code, problem: message });
  }
  // What `fetch` throws if there is no connection.
  if (error instanceof TypeError) return new SignInRefused('provider_unavailable', codeOf(error));
  throw error;
}

function refusedBy(code: string): SignInRefused {
  if (code === 'access_denied') return new SignInRefused('access_denied');
  return new SignInRefused(busy.has(code) ? 'provider_unavailable' : 'invalid_response', { code });
}

function codeOf({ message, cause }: Error): object {
  const isCoded = cause instanceof Error && 'code' in cause;
  return { problem: message, ...(isCoded && { code: cause.code }) };
}
