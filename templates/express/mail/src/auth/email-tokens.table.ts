import type { JsonColumn } from '../db/columns.ts';

export interface EmailTokensTable {
  token_hash: string;
  purpose: string;
  address: string;
  user_id: string | null;
  registration_id: string | null;
  role: string | null;
  created_at: string;
  expires_at: string;
}

/** Who has registered and not confirmed their address yet. */
export interface RegistrationsTable {
  id: string;
  email: string;
  password_hash: string;
  profile: JsonColumn;
  created_at: string;
  expires_at: string;
}
