import { v7 as uuidv7 } from 'uuid';
import type { Database } from '../db/database.ts';
import type { Outbox } from '../mail/outbox.ts';
import { createUsersRepository } from '../modules/users/users.repository.ts';
import { newProfile } from '../modules/users/users.schema.ts';
import { addMail } from './account-mails.ts';
import type { LoggedIn, Register } from './auth.schema.ts';
import { requireStrong } from './auth.service.ts';
import type { AcceptInvitation, Invite } from './email.schema.ts';
import { badToken, findToken, takeToken } from './email-tokens.ts';
import type { Origin } from './origin.ts';
import type { Passwords } from './passwords.ts';
import { type Caller, defaultRole, roles } from './roles.ts';
import type { Sessions } from './sessions.ts';

const day = 86_400_000;
/** The mail may be on its way for a day, and its link is valid for another (ms). */
const registrationLife = 2 * day;

type Parts = { sessions: Sessions; passwords: Passwords; outbox: Outbox };

/** Registration and invitation, each confirmed by a mail. */
export function createRegistrationService(db: Database, { sessions, passwords, outbox }: Parts) {
  return {
    /** The same for every address. There is no user until the link in the mail is used. */
    async register({ email, password, ...profile }: Register, { log }: Origin): Promise<void> {
      await requireStrong('password', password, email);
      const password_hash = await passwords.hash(password);
      const id = uuidv7();
      const now = Date.now();
      await db.transaction().execute(async (trx) => {
        await trx
          .insertInto('registrations')
          .values({
            id,
            email,
            password_hash,
            profile: JSON.stringify(profile),
            created_at: new Date(now).toISOString(),
            expires_at: new Date(now + registrationLife).toISOString(),
          })
          .execute();
        await addMail(trx, email, { kind: 'registration', registrationId: id });
      });
      outbox.nudge();
      log.info(
        { security: 'registration_requested', registrationId: id },
        'registration requested',
      );
    },

    async invite({ email, role }: Invite, { id }: Caller, { log }: Origin): Promise<void> {
      await addMail(db, email, { kind: 'invitation', role });
      outbox.nudge();
      log.info({ security: 'invited', by: id, role }, 'invited');
    },

    async acceptInvitation(
      { token, password, ...profile }: AcceptInvitation,
      { userAgent, log }: Origin,
    ): Promise<LoggedIn> {
      // A hash takes long, and no connection should be held meanwhile.
      const invited = await findToken(db, token, 'invitation');
      await requireStrong('password', password, invited.address);
      const passwordHash = await passwords.hash(password);
      const accepted = await db.transaction().execute(async (trx) => {
        const { address: email, role: invitedAs } = await takeToken(trx, token, 'invitation');
        const role = roles.find((each) => each === invitedAs);
        const users = createUsersRepository(trx);
        if (!role || (await users.findCredentials({ email }))) throw badToken();
        const isVerified = true;
        const user = await users.insert({ ...profile, email, passwordHash, role, isVerified });
        return { user, ...(await sessions.begin(trx, user, userAgent)) };
      });
      const { id, role } = accepted.user;
      log.info({ security: 'invitation_accepted', userId: id, role }, 'invitation accepted');
      return accepted;
    },
  };
}

/** Makes the user of a registration whose address is confirmed. Returns their id. */
export async function completeRegistration(trx: Database, id: string | null): Promise<string> {
  const found = await trx
    .selectFrom('registrations')
    .select(['email', 'password_hash as passwordHash', 'profile'])
    .where('id', '=', id)
    .executeTakeFirst();
  // The fields of users may have changed in the meantime.
  const profile = newProfile.safeParse(found?.profile);
  const users = createUsersRepository(trx);
  if (!found || !profile.success || (await users.findCredentials({ email: found.email }))) {
    throw badToken();
  }
  const { email, passwordHash } = found;
  const values = { email, passwordHash, role: defaultRole, isVerified: true };
  const user = await users.insert({ ...profile.data, ...values });
  await trx.deleteFrom('registrations').where('email', '=', email).execute();
  return user.id;
}
