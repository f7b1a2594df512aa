import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { type Letter, readTexts, renderMail, type Texts } from './texts.ts';

/** Sends mails. `id` identifies one, so that mail programs recognize a repetition. */
export type Post = {
  send(to: string, id: string, letter: Letter): Promise<void>;
  close(): void;
};

const second = 1000;
/** How long the server may take to be reached, and for a reply (ms). */
const usualPatience = { connecting: 10 * second, replying: 30 * second };
const files = join('.data', 'mail');

/**
 * Sends mails to the SMTP server. Without one, as in development, each mail becomes a file, and its
 * link is logged. Throws if the texts of the mails are wrong.
 */
export function openPost(
  { smtpUrl, from }: Config['mail'],
  logger: Logger,
  patience = usualPatience,
): Post {
  const texts = readTexts();
  return smtpUrl ? smtpPost(smtpUrl, from, texts, patience) : filePost(from, texts, logger);
}

function smtpPost(url: string, from: string, texts: Texts, patience: typeof usualPatience): Post {
  const transport = createTransport({
    url,
    pool: true,
    // A password is not sent without encryption.
    requireTLS: new URL(url).password !== '',
    connectionTimeout: patience.connecting,
    greetingTimeout: patience.connecting,
    socketTimeout: patience.replying,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(to, id, letter) {
      await transport.sendMail({ ...message(texts, letter, id, from), to });
    },
    close: () => transport.close(),
  };
}

function filePost(from: string, texts: Texts, logger: Logger): Post {
  const transport = createTransport({ streamTransport: true, buffer: true });
  return {
    async send(to, id, letter) {
      const sent = await transport.sendMail({ ...message(texts, letter, id, from), to });
      const file = join(files, `${new Date().toISOString().replaceAll(':', '-')}-${id}.eml`);
      await mkdir(files, { recursive: true });
      await writeFile(file, sent.message, { mode: 0o600 });
      const { link } = letter.values;
      logger.info({ file }, `mail: ${letter.name}${link ? `: ${link}` : ''}`);
    },
    close: () => transport.close(),
  };
}

function message(texts: Texts, letter: Letter, id: string, from: string) {
  const messageId = `<${id}@${/@([^@>]+)>?$/.exec(from)?.[1]}>`;
  const headers = { 'Auto-Submitted': 'auto-generated' };
  return { ...renderMail(texts, letter), from, messageId, headers };
}
