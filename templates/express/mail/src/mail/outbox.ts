import { sql } from 'kysely';
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import type { Database } from '../db/database.ts';
import type { Post } from './post.ts';
import type { Letter } from './texts.ts';

const second = 1000;
/** How often to look for mails that other processes have left (ms). */
const interval = 5 * second;
/** A mail that is being sent is not due again for so long, in case this process is killed (ms). */
const lease = 120 * second;
/** The pause after the first failure doubles with each further one, up to an hour (ms). */
const firstPause = 5 * second;
const longestPause = 3600 * second;
const givenUpAfter = 24 * 3600 * second;
const mostAtOnce = 10;

const withdrawn = new Error('the mail was deleted while it was composed');

export type Outbox = ReturnType<typeof createOutbox>;
export type WaitingMail = { id: string; kind: string; address: string; data: object };
/** Decides what is sent for a mail; undefined if nothing is. */
export type Compose = (trx: Database, mail: WaitingMail) => Promise<Letter | undefined>;
type Parts = { db: Database; logger: Logger; post: Post; compose: Compose };

/** Stores a mail, in the transaction of the change that it tells of. Call `nudge` afterwards. */
export async function storeMail(
  trx: Database,
  address: string,
  { kind, ...data }: { kind: string },
): Promise<void> {
  const now = new Date().toISOString();
  const text = JSON.stringify(data);
  const row = { kind, address, data: text, attempts: 0, due_at: now, created_at: now };
  await trx
    .insertInto('mails')
    .values({ id: uuidv7(), ...row })
    .execute();
}

/**
 * Sends the mails of the table `mails`, each at least once, also after a crash. Several processes can
 * share the table. A failure is retried for a day with growing pauses (a transactional outbox).
 */
export function createOutbox({ db, logger, post, compose }: Parts) {
  let isStopped = false;
  let isFailing = false;
  let isAsked = false;
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  /** Takes mails that are due, so that no other process sends them at the same time. */
  function claim() {
    const now = Date.now();
    const due = db
      .selectFrom('mails')
      .select('id')
      .where('due_at', '<=', new Date(now).toISOString())
      .orderBy('due_at')
      .limit(mostAtOnce)
      .forUpdate()
      .skipLocked();
    // In `with`, since a subquery could be run several times within a statement, and then take more.
    return db
      .with('due', () => due)
      .updateTable('mails')
      .set({ attempts: sql`attempts + 1`, due_at: new Date(now + lease).toISOString() })
      .where('id', 'in', (query) => query.selectFrom('due').select('due.id'))
      .returning(['id', 'kind', 'address', 'data', 'attempts', 'created_at as createdAt'])
      .execute();
  }

  type Claimed = Awaited<ReturnType<typeof claim>>[number];

  async function deliver(mail: Claimed): Promise<void> {
    const { id, kind, address } = mail;
    try {
      const letter = await db.transaction().execute(async (trx) => {
        const composed = await compose(trx, mail);
        await requireKept(trx, id);
        return composed;
      });
      if (letter) await post.send(address, id, letter);
      await remove(id);
      if (letter) logger.info({ security: 'mail_sent', mailId: id, kind }, 'mail sent');
    } catch (error) {
      if (error !== withdrawn) await postpone(mail, error);
    }
  }

  async function postpone({ id, kind, attempts, createdAt }: Claimed, error: unknown) {
    const failure = { mailId: id, kind, attempts, ...reasonOf(error) };
    const dueAt = Date.now() + pauseAfter(attempts);
    if (isRefused(error) || dueAt > Date.parse(createdAt) + givenUpAfter) {
      await remove(id);
      logger.error({ security: 'mail_given_up', ...failure }, 'mail given up');
      return;
    }
    const due_at = new Date(dueAt).toISOString();
    await db.updateTable('mails').set({ due_at }).where('id', '=', id).execute();
    logger.warn({ ...failure, dueAt: due_at }, 'mail not sent: trying again later');
  }

  const remove = (id: string) => db.deleteFrom('mails').where('id', '=', id).execute();

  /** Sends all mails that are due. */
  async function deliverDue(): Promise<void> {
    let claimed: Claimed[];
    do {
      claimed = await claim();
      // None ends before all have: they use connections.
      const ended = await Promise.allSettled(claimed.map(deliver));
      const failed = ended.find((each) => each.status === 'rejected');
      if (failed) throw failed.reason;
    } while (claimed.length > 0 && !isStopped);
  }

  async function run(): Promise<void> {
    while (isAsked && !isStopped) {
      isAsked = false;
      try {
        await deliverDue();
        isFailing = false;
      } catch (error) {
        // The database may be away for long: one entry is enough.
        if (!isFailing) logger.warn({ err: error }, 'the outbox cannot be read');
        isFailing = true;
      }
    }
    running = undefined;
  }

  function nudge(): void {
    if (timer === undefined) return;
    isAsked = true;
    running ??= run();
  }

  return {
    deliverDue,

    /** Sends new mails at once. Does nothing before `start`. */
    nudge,

    start(): void {
      timer = setInterval(nudge, interval);
      nudge();
    },

    /** Waits for the mails that are being sent. */
    async stop(): Promise<void> {
      isStopped = true;
      clearInterval(timer);
      await running;
      post.close();
    },
  };
}

/**
 * Throws `withdrawn` if the mail was deleted, which undoes what was stored for it, such as a token.
 * Locks after `compose`, and so in the order of those who change a user and then delete mails.
 */
async function requireKept(trx: Database, id: string): Promise<void> {
  const kept = trx.selectFrom('mails').select('id').where('id', '=', id).forKeyShare();
  if (!(await kept.executeTakeFirst())) throw withdrawn;
}

/** Shortened by up to a half at random, so that mails do not all come back at once. */
function pauseAfter(attempts: number): number {
  const pause = Math.min(firstPause * 2 ** (attempts - 1), longestPause);
  return pause * (1 - Math.random() / 2);
}

type SmtpError = { code?: unknown; command?: unknown; responseCode?: unknown };

const isSmtpError = (error: unknown): error is SmtpError => error instanceof Error;

/** Only codes: the message of a server may have the address in it. */
function reasonOf(error: unknown) {
  if (!isSmtpError(error)) return {};
  const { code, command, responseCode } = error;
  return command === undefined ? { err: error } : { code, command, responseCode };
}

/** Whether the server refuses this mail for good: a reply 5xx to the recipient or the content. */
function isRefused(error: unknown): boolean {
  if (!isSmtpError(error)) return false;
  const { command, responseCode } = error;
  return (command === 'RCPT TO' || command === 'DATA') && Number(responseCode) >= 500;
}
