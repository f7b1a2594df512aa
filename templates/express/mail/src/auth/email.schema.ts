import * as z from 'zod';
import { characters } from '../http/fields.ts';
import { newProfile, userEmail } from '../modules/users/users.schema.ts';
import { givenPassword, newPassword } from './passwords.ts';
import { defaultRole, roles } from './roles.ts';

const token = characters({ min: 1, max: 100 })
  .meta({ writeOnly: true })
  .describe('From the link in the mail.');

export const verifyEmail = z.strictObject({ token }).meta({ id: 'AuthVerifyEmail' });

export const forgotPassword = z
  .strictObject({ email: userEmail })
  .meta({ id: 'AuthForgotPassword' });

export const resetPassword = z
  .strictObject({ token, password: newPassword })
  .meta({ id: 'AuthResetPassword' });

export const changeEmail = z
  .strictObject({ email: userEmail, currentPassword: givenPassword })
  .meta({ id: 'AuthChangeEmail' });

export const sendVerification = z.strictObject({});

export const invite = z
  .strictObject({ email: userEmail, role: z.enum(roles).default(defaultRole) })
  .meta({ id: 'AuthInvite' });

export const acceptInvitation = newProfile
  .extend({ token, password: newPassword })
  .meta({ id: 'AuthAcceptInvitation' });

/** Where a mail is sent if there is a reason to: the answer does not tell whether there is. */
export const sentMail = z.object({ email: userEmail }).meta({ id: 'AuthSentMail' });

export type ResetPassword = z.output<typeof resetPassword>;
export type ChangeEmail = z.output<typeof changeEmail>;
export type Invite = z.output<typeof invite>;
export type AcceptInvitation = z.output<typeof acceptInvitation>;
