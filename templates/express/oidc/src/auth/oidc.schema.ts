import * as z from 'zod';
import { characters } from '../http/fields.ts';
import { cursorQuery, sortOrder } from '../http/query.ts';
import { newProfile } from '../modules/users/users.schema.ts';
import { givenPassword } from './passwords.ts';

const challenge = z
  .string()
  .regex(/^[\w-]{43}$/, 'Expected the SHA-256 of a verifier in base64url')
  .describe('The SHA-256 of the `verifier` in base64url (RFC 7636).');

const exchange = {
  code: characters({ min: 1, max: 100 })
    .meta({ writeOnly: true })
    .describe('From the fragment of the page where the sign-in ends.'),
  verifier: z
    .string()
    .regex(/^[A-Za-z0-9._~-]{43,128}$/, 'Expected 43 to 128 letters, digits or any of -._~')
    .meta({ writeOnly: true })
    .describe('What the `challenge` was made of.'),
};

/** How a browser goes to a provider: to sign in, or with a ticket to link an identity. */
export const startParams = { challenge: challenge.optional(), ticket: z.string().optional() };
export const start = z
  .strictObject(startParams)
  .refine((query) => (query.challenge === undefined) !== (query.ticket === undefined), {
    path: ['challenge'],
    error: 'Expected either a challenge or a ticket',
  });

/** The fields of users are only for new ones. */
export const completeSignIn = newProfile
  .partial()
  .extend(exchange)
  .meta({ id: 'AuthCompleteSignIn' });

export const linkProvider = z
  .strictObject({
    challenge,
    currentPassword: givenPassword.optional().describe('Of users who have one.'),
  })
  .meta({ id: 'AuthLinkProvider' });

export const addIdentity = z.strictObject(exchange).meta({ id: 'AuthAddIdentity' });

export const provider = z.object({ name: z.string() }).meta({ id: 'AuthProvider' });

export const link = z
  .object({ url: z.url().describe('Where the browser goes next, within one minute.') })
  .meta({ id: 'AuthLink' });

export const identityRow = z
  .object({
    id: z.uuid(),
    provider: z.string(),
    email: z.email().nullable(),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'AuthIdentity' });

export const listIdentitiesQuery = z.strictObject({ sortOrder, ...cursorQuery });

export type Start = z.output<typeof start>;
export type LinkProvider = z.output<typeof linkProvider>;
export type IdentityRow = z.output<typeof identityRow>;
export type ListIdentitiesQuery = z.output<typeof listIdentitiesQuery>;
