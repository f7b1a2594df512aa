/** Who a user is at a provider of OpenID Connect. */
export interface IdentitiesTable {
  id: string;
  user_id: string;
  provider: string;
  issuer: string;
  subject: string;
  email: string | null;
  created_at: string;
  last_used_at: string | null;
}

/** Who is on the way to a provider, or has a ticket to go there: then there is no browser yet. */
export interface OidcAttemptsTable {
  state_hash: string;
  browser_hash: string | null;
  provider: string;
  challenge: string;
  user_id: string | null;
  created_at: string;
  expires_at: string;
}

/** Who has come back from a provider; `user_id` is who asked to link the identity. */
export interface OidcCodesTable {
  code_hash: string;
  challenge: string;
  provider: string;
  issuer: string;
  subject: string;
  email: string | null;
  user_id: string | null;
  created_at: string;
  expires_at: string;
}
