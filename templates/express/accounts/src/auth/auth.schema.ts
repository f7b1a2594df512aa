import * as z from 'zod';
import { characters } from '../http/fields.ts';
import { cursorQuery, sortOrder } from '../http/query.ts';
import { newProfile, userEmail, userRow } from '../modules/users/users.schema.ts';
import { givenPassword, newPassword } from './passwords.ts';

export const register = newProfile
  .extend({ email: userEmail, password: newPassword })
  .meta({ id: 'AuthRegister' });

export const logIn = z
  .strictObject({ email: userEmail, password: givenPassword })
  .meta({ id: 'AuthLogIn' });

export const refresh = z
  .strictObject({ refreshToken: characters({ min: 1, max: 1000 }).meta({ writeOnly: true }) })
  .meta({ id: 'AuthRefresh' });

export const changePassword = z
  .strictObject({ currentPassword: givenPassword, newPassword })
  .meta({ id: 'AuthChangePassword' });

/** A client must store the refresh token as safely as a password. */
export const issuedTokens = z
  .object({
    accessToken: z.string().describe('Sent as `Authorization: Bearer …`.'),
    refreshToken: z.string().describe('Valid for one use: each refresh returns a new one.'),
    expiresIn: z.int().describe('Lifetime of the access token in seconds.'),
  })
  .meta({ id: 'AuthTokens' });

export const loggedIn = z
  .object({ user: userRow, ...issuedTokens.shape })
  .meta({ id: 'AuthLoggedIn' });

export const sessionRow = z
  .object({
    id: z.uuid(),
    userAgent: z.string().nullable(),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    isCurrent: z.boolean(),
  })
  .meta({ id: 'AuthSession' });

export const listSessionsQuery = z.strictObject({ sortOrder, ...cursorQuery });

export type Register = z.output<typeof register>;
export type Credentials = z.output<typeof logIn>;
export type ChangePassword = z.output<typeof changePassword>;
export type LoggedIn = z.output<typeof loggedIn>;
export type ListSessionsQuery = z.output<typeof listSessionsQuery>;
