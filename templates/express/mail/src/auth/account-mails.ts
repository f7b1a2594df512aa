import * as z from 'zod';
import type { Database } from '../db/database.ts';
import { type Compose, storeMail, type WaitingMail } from '../mail/outbox.ts';
import type { Letter } from '../mail/texts.ts';
import { createUsersRepository } from '../modules/users/users.repository.ts';
import { issueToken } from './email-tokens.ts';
import { roles } from './roles.ts';

const accountMail = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('registration'), registrationId: z.uuid() }),
  z.object({ kind: z.literal('verification'), userId: z.uuid() }),
  z.object({ kind: z.literal('password-reset') }),
  z.object({ kind: z.literal('invitation'), role: z.enum(roles) }),
  z.object({ kind: z.literal('email-changed') }),
  z.object({ kind: z.literal('password-changed') }),
  z.object({ kind: z.literal('new-sign-in'), device: z.string(), time: z.string() }),
]);

export type AccountMail = z.output<typeof accountMail>;

export const addMail = (trx: Database, address: string, mail: AccountMail): Promise<void> =>
  storeMail(trx, address, mail);

/**
 * Decides what is sent when it is sent, not when it is asked for: so every request does the same,
 * whether there is a user with this address or not. Links have their token in the fragment, which no
 * server logs. `appUrl` is the URL of the pages that they lead to.
 */
export function composeAccountMails(appUrl: string): Compose {
  const letter = (name: Letter['name'], token: string): Letter => ({
    name,
    values: { link: `${appUrl}/${name}#token=${token}` },
  });

  return async (trx: Database, waiting: WaitingMail): Promise<Letter | undefined> => {
    const { address } = waiting;
    const mail = accountMail.parse({ ...waiting.data, kind: waiting.kind });
    const users = createUsersRepository(trx);
    const owner = await users.findCredentials({ email: address });
    switch (mail.kind) {
      case 'registration': {
        const { registrationId } = mail;
        if (owner) return { name: 'already-registered', values: { link: appUrl } };
        if (!(await isWaiting(trx, registrationId))) return undefined;
        const token = await issueToken(trx, 'registration', address, { registrationId });
        return letter('verify-email', token);
      }
      case 'verification': {
        const { userId } = mail;
        const user = await users.findCredentials({ id: userId });
        const isDone = owner?.id === userId && owner.emailVerified;
        const isTaken = owner !== undefined && owner.id !== userId;
        if (!user || user.disabledAt !== null || isDone || isTaken) return undefined;
        return letter('verify-email', await issueToken(trx, 'email', address, { userId }));
      }
      case 'password-reset': {
        if (!owner || owner.disabledAt !== null) return undefined;
        const token = await issueToken(trx, 'reset', address, { userId: owner.id });
        return letter('reset-password', token);
      }
      case 'invitation': {
        if (owner) return undefined;
        const token = await issueToken(trx, 'invitation', address, { role: mail.role });
        return letter('accept-invitation', token);
      }
      case 'email-changed':
      case 'password-changed':
        return { name: mail.kind, values: {} };
      case 'new-sign-in':
        return { name: 'new-sign-in', values: { device: mail.device, time: mail.time } };
    }
  };
}

async function isWaiting(trx: Database, id: string): Promise<boolean> {
  const registration = trx.selectFrom('registrations').select('id').where('id', '=', id);
  return (await registration.executeTakeFirst()) !== undefined;
}
