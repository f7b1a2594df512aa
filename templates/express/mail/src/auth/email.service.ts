import type { Database } from '../db/database.ts';
import { notFound, validationError } from '../http/errors.ts';
import type { Outbox } from '../mail/outbox.ts';
import { createUsersRepository } from '../modules/users/users.repository.ts';
import type { UserRow } from '../modules/users/users.schema.ts';
import { addMail } from './account-mails.ts';
import { requireStrong } from './auth.service.ts';
import type { ChangeEmail, ResetPassword } from './email.schema.ts';
import { badToken, findToken, takeToken, voidTokens } from './email-tokens.ts';
import type { Origin } from './origin.ts';
import type { Passwords } from './passwords.ts';
import { completeRegistration } from './registration.service.ts';
import type { Caller } from './roles.ts';
import type { Sessions } from './sessions.ts';

const longestDevice = 100;

type Parts = { sessions: Sessions; passwords: Passwords; outbox: Outbox };

/** Confirmed addresses and forgotten passwords. */
export function createEmailService(db: Database, { sessions, passwords, outbox }: Parts) {
  const users = createUsersRepository(db);

  return {
    /** Makes the user of a registration, or gives a user the confirmed address. */
    async verify(token: string, { log }: Origin): Promise<void> {
      const verified = await db.transaction().execute(async (trx) => {
        const { purpose, address, registrationId, userId } = await takeToken(
          trx,
          token,
          'registration',
          'email',
        );
        if (purpose === 'registration') {
          const security = 'registered';
          return { userId: await completeRegistration(trx, registrationId), security };
        }
        const before = await confirmAddress(trx, userId, address);
        if (before === address) return { userId, security: 'email_verified' };
        await addMail(trx, before, { kind: 'email-changed' });
        return { userId, security: 'email_changed' };
      });
      outbox.nudge();
      log.info(verified, 'address verified');
    },

    /** The same for every address: the mail is only sent if there is a user. */
    async forgotPassword(email: string, { log }: Origin): Promise<void> {
      await addMail(db, email, { kind: 'password-reset' });
      outbox.nudge();
      log.info({ security: 'password_reset_requested' }, 'password reset requested');
    },

    /** Ends all sessions of the user. The mail has arrived, so the address is theirs. */
    async resetPassword({ token, password }: ResetPassword, { log }: Origin): Promise<void> {
      // A hash takes long, and no connection should be held meanwhile.
      const asked = await findToken(db, token, 'reset');
      await requireStrong('password', password, asked.address);
      const passwordHash = await passwords.hash(password);
      const userId = await db.transaction().execute(async (trx) => {
        const { address, userId: id } = await takeToken(trx, token, 'reset');
        const user = id === null ? undefined : await findEnabled(trx, id);
        if (user?.email !== address) throw badToken();
        const repository = createUsersRepository(trx);
        await repository.resetPassword(user.id, passwordHash);
        await repository.setEmail(user.id, address);
        return user.id;
      });
      sessions.forget(userId);
      log.warn({ security: 'password_reset', userId }, 'password reset');
    },

    /** Nothing changes until the link in the mail to the new address is used. */
    async changeEmail({ id: userId }: Caller, given: ChangeEmail, { log }: Origin): Promise<void> {
      const user = await users.findCredentials({ id: userId });
      const verdict = user && (await passwords.verify(user.passwordHash, given.currentPassword));
      if (!user || verdict === 'wrong') {
        log.warn({ security: 'email_change_failed', userId }, 'address not changed');
        throw validationError([
          { field: 'currentPassword', message: 'The current password is incorrect' },
        ]);
      }
      await addMail(db, given.email, { kind: 'verification', userId });
      outbox.nudge();
      log.info({ security: 'email_change_requested', userId }, 'change of address requested');
    },

    async sendVerification({ id: userId }: Caller, { log }: Origin): Promise<string> {
      const user = await users.find(userId);
      if (!user) throw notFound('user');
      await addMail(db, user.email, { kind: 'verification', userId });
      outbox.nudge();
      log.info({ security: 'verification_requested', userId }, 'verification requested');
      return user.email;
    },

    /** Stores a mail to a user who has just logged in with a program that no other session has. */
    async noticeSignIn({ id, email }: Pick<UserRow, 'id' | 'email'>, { userAgent }: Origin) {
      if (await sessions.isKnown(id, userAgent)) return;
      const device = userAgent?.slice(0, longestDevice) ?? 'unknown';
      const time = new Date().toUTCString();
      await addMail(db, email, { kind: 'new-sign-in', device, time });
      outbox.nudge();
    },
  };
}

async function findEnabled(trx: Database, id: string) {
  const user = await createUsersRepository(trx).findCredentials({ id });
  return user?.disabledAt === null ? user : undefined;
}

/** Gives an enabled user a confirmed address. Returns the one before. */
async function confirmAddress(trx: Database, id: string | null, address: string): Promise<string> {
  const users = createUsersRepository(trx);
  const user = id === null ? undefined : await findEnabled(trx, id);
  const owner = await users.findCredentials({ email: address });
  if (!user || (owner && owner.id !== user.id)) throw badToken();
  await users.setEmail(user.id, address);
  if (user.email !== address) await voidTokens(trx, user.id);
  return user.email;
}
