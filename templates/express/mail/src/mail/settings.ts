import * as z from 'zod';
import { name } from '../about.ts';

/** Environment variables that a server in production must have. */
const needed = ['SMTP_URL', 'MAIL_FROM', 'APP_URL'] as const;

export const mailVariables = {
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'Expected smtp://… or smtps://…' }).optional(),
  MAIL_FROM: z
    .string()
    .regex(
      /^([^<>\r\n]+ )?<[^@<>\s]+@[^@<>\s]+>$|^[^@<>\s]+@[^@<>\s]+$/,
      'Expected an address like Shop <shop@example.com>',
    )
    .optional(),
  APP_URL: z
    .url({ protocol: /^https?$/, error: 'Expected an address like https://example.com' })
    .refine((url) => !/[?#]/.test(url), 'Expected an address without a query')
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  NOTIFY_NEW_SIGN_IN: z.stringbool({ error: 'Expected true or false' }).default(false),
};

type Read = z.output<z.ZodObject<typeof mailVariables>> & { NODE_ENV: string; PORT: number };

/** In development they have defaults. */
export function requireMail(read: Read, { addIssue }: z.core.$RefinementCtx<Read>): void {
  if (read.NODE_ENV !== 'production') return;
  for (const variable of needed) {
    if (read[variable] !== undefined) continue;
    addIssue({ code: 'custom', path: [variable], message: 'Needed in production' });
  }
}

export const mailConfig = (read: Read) => ({
  smtpUrl: read.SMTP_URL,
  from: read.MAIL_FROM ?? `${name} <${name}@localhost>`,
  appUrl: read.APP_URL ?? `http://localhost:${read.PORT}`,
  notifiesNewSignIn: read.NOTIFY_NEW_SIGN_IN,
});
