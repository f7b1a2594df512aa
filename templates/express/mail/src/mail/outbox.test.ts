import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Api, startApi } from '../../test/api.ts';
import { collectLog } from '../../test/log.ts';
import { reply, startForgetful, startSmtp } from '../../test/smtp.ts';
import { type Compose, createOutbox, storeMail, type WaitingMail } from './outbox.ts';
import { openPost } from './post.ts';

const address = 'ada@example.com';
const letter = { name: 'reset-password', values: { link: 'https://example.com/#token=t' } } as const;
const compose = async (_trx: unknown, { kind }: WaitingMail) =>
  kind === 'nothing' ? undefined : letter;
let api: Api;

beforeAll(async () => {
  api = await startApi();
});
beforeEach(() => api.reset());
afterAll(() => api.close());

type Patience = Parameters<typeof openPost>[2];

/** An outbox that sends to a mail server, and what it logs. */
function outboxTo(url: string, patience?: Patience, composing: Compose = compose) {
  const log = collectLog();
  const mail = { ...config, smtpUrl: url };
  const post = openPost(mail, log.logger, patience);
  const outbox = createOutbox({ db: api.db, logger: log.logger, post, compose: composing });
  onTestFinished(() => outbox.stop());
  return { outbox, log };
}

const config = {
  from: 'Shop <shop@example.com>',
  appUrl: 'https://example.com',
  notifiesNewSignIn: false,
};

const store = (kind = 'password-reset', to = address) => storeMail(api.db, to, { kind });
const waiting = () =>
  api.db.selectFrom('mails').select(['attempts', 'due_at as dueAt', 'address']).execute();
const makeDue = (due_at = new Date().toISOString()) =>
  api.db.updateTable('mails').set({ due_at }).execute();

async function serve(behaviour: Parameters<typeof startSmtp>[0] = {}) {
  const smtp = await startSmtp(behaviour);
  onTestFinished(smtp.stop);
  return smtp;
}

describe('a mail', () => {
  it('is sent once, as text and HTML, and then forgotten', async () => {
    const smtp = await serve();
    const { outbox, log } = outboxTo(smtp.url);
    await store();
    await outbox.deliverDue();
    await outbox.deliverDue();
    expect(smtp.received).toMatchObject([{ to: [address] }]);
    const [{ content } = { content: '' }] = smtp.received;
    expect(content).toMatch(/From: Shop <shop@example.com>[\s\S]*Subject: Reset your password/);
    expect(content).toMatch(/multipart\/alternative[\s\S]*text\/plain[\s\S]*text\/html/);
    expect(content).toContain('Auto-Submitted: auto-generated');
    expect(await waiting()).toEqual([]);
    expect(log.entries()).toMatchObject([{ security: 'mail_sent', kind: 'password-reset' }]);
  });

  it('for which there is nothing to send is forgotten', async () => {
    const smtp = await serve();
    const { outbox, log } = outboxTo(smtp.url);
    await store('nothing');
    await outbox.deliverDue();
    expect([smtp.received, await waiting(), log.entries()]).toEqual([[], [], []]);
  });

  it('of a change that did not happen is not there', async () => {
    const failed = api.db.transaction().execute(async (trx) => {
      await storeMail(trx, address, { kind: 'password-reset' });
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await waiting()).toEqual([]);
  });

  it('waits, each time longer, while the server is away', async () => {
    const { outbox, log } = outboxTo('smtp://127.0.0.1:1');
    await store();
    const pauses: number[] = [];
    for (const attempts of [1, 2, 3, 4]) {
      await makeDue();
      await outbox.deliverDue();
      const [row] = await waiting();
      expect(row?.attempts).toBe(attempts);
      pauses.push(Date.parse(row?.dueAt ?? '') - Date.now());
    }
    expect(pauses[0]).toBeLessThanOrEqual(5_000);
    expect(pauses[3]).toBeGreaterThan(19_000);
    expect(log.text()).toContain('"command":"CONN"');
    const smtp = await serve();
    await makeDue();
    await outboxTo(smtp.url).outbox.deliverDue();
    expect(smtp.received).toHaveLength(1);
  });

  it.each([
    ['refuses for now', { onRcptTo: (_address, _session, done) => done(reply(450)) }],
    ['refuses everybody', { onConnect: (_session, done) => done(reply(554)) }],
    ['refuses the sender', { onMailFrom: (_address, _session, done) => done(reply(550)) }],
  ] satisfies [string, Parameters<typeof startSmtp>[0]][])(
    'is kept where the server %s',
    async (_case, behaviour) => {
      const smtp = await serve(behaviour);
      await store();
      await outboxTo(smtp.url).outbox.deliverDue();
      expect(await waiting()).toMatchObject([{ attempts: 1 }]);
    },
  );

  it('is kept where the server breaks off after the content', async () => {
    const smtp = await startForgetful();
    onTestFinished(smtp.stop);
    await store();
    await outboxTo(smtp.url).outbox.deliverDue();
    expect(await waiting()).toMatchObject([{ attempts: 1 }]);
  });

  it.each([
    ['at the start', { onConnect: () => undefined }],
    ['at the address', { onRcptTo: () => undefined }],
    ['after the content', { onData: (stream) => void stream.resume() }],
  ] satisfies [string, Parameters<typeof startSmtp>[0]][])(
    'is kept where the server hangs %s',
    async (_case, behaviour) => {
      const smtp = await serve(behaviour);
      await store();
      const { outbox, log } = outboxTo(smtp.url, { connecting: 300, replying: 300 });
      await outbox.deliverDue();
      expect(await waiting()).toMatchObject([{ attempts: 1 }]);
      expect(log.text()).toContain('"code":"ETIMEDOUT"');
    },
  );

  it('is sent where the server is slow', async () => {
    const later = (done: () => void) => void setTimeout(done, 200);
    const smtp = await serve({
      onConnect: (_session, done) => later(done),
      onRcptTo: (_address, _session, done) => later(done),
    });
    await store();
    await outboxTo(smtp.url).outbox.deliverDue();
    expect(smtp.received).toHaveLength(1);
  });

  it.each([
    ['the address', { onRcptTo: (_address, _session, done) => done(reply(550, address)) }],
    [
      'the content',
      { onData: (stream, _session, done) => void stream.resume().on('end', () => done(reply(554))) },
    ],
  ] satisfies [string, Parameters<typeof startSmtp>[0]][])(
    'is given up where the server refuses %s for good',
    async (_case, behaviour) => {
      const smtp = await serve(behaviour);
      const { outbox, log } = outboxTo(smtp.url);
      await store();
      await outbox.deliverDue();
      expect(await waiting()).toEqual([]);
      expect(log.entries()).toMatchObject([{ level: 'error', security: 'mail_given_up' }]);
      expect(log.text()).not.toContain(address);
    },
  );

  it('with a password is not sent to a server that encrypts nothing', async () => {
    const passwords: unknown[] = [];
    const smtp = await serve({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: ({ password }, _session, done) => {
        passwords.push(password);
        done(null, { user: 'shop' });
      },
    });
    await store();
    await outboxTo(smtp.url.replace('//', '//shop:a-password@')).outbox.deliverDue();
    expect([passwords, smtp.received]).toEqual([[], []]);
    expect(await waiting()).toMatchObject([{ attempts: 1 }]);
  });

  it('that is deleted while it is composed is not sent, and leaves nothing', async () => {
    const smtp = await serve();
    const { outbox, log } = outboxTo(smtp.url, undefined, async (trx) => {
      await trx.deleteFrom('mails').execute();
      await storeMail(trx, address, { kind: 'nothing' });
      return letter;
    });
    await store();
    await outbox.deliverDue();
    expect(smtp.received).toEqual([]);
    // Undone, and the same with what was stored.
    expect(await waiting()).toMatchObject([{ attempts: 1 }]);
    expect(log.entries()).toEqual([]);
  });

  it('is given up after a day', async () => {
    const { outbox, log } = outboxTo('smtp://127.0.0.1:1');
    await store();
    const created_at = new Date(Date.now() - 24 * 3_600_000).toISOString();
    await api.db.updateTable('mails').set({ created_at }).execute();
    await outbox.deliverDue();
    expect(await waiting()).toEqual([]);
    expect(log.events()).toEqual(['mail_given_up']);
  });

  it('that a killed process was sending is sent by another one later', async () => {
    const smtp = await serve();
    await store();
    const send = vi.fn(() => new Promise<void>(() => {}));
    const never = { send, close: () => {} };
    const logger = pino({ level: 'silent' });
    void createOutbox({ db: api.db, logger, post: never, compose }).deliverDue();
    await expect.poll(() => send.mock.calls.length).toBe(1);
    expect(await waiting()).toMatchObject([{ attempts: 1 }]);
    const { outbox } = outboxTo(smtp.url);
    await outbox.deliverDue();
    expect(smtp.received).toEqual([]);
    await makeDue();
    await outbox.deliverDue();
    expect(smtp.received).toHaveLength(1);
  });

  it('is sent once by several processes, and more than one batch at a time', async () => {
    const smtp = await serve();
    const addresses = Array.from({ length: 25 }, (_each, at) => `user${at}@example.com`);
    for (const each of addresses) await store('password-reset', each);
    const outboxes = [outboxTo(smtp.url), outboxTo(smtp.url)];
    await Promise.all(outboxes.map(({ outbox }) => outbox.deliverDue()));
    expect(smtp.received.flatMap(({ to }) => to).sort()).toEqual(addresses.sort());
  });

  it('is sent soon after a nudge, and what is being sent is finished before the end', async () => {
    const smtp = await serve();
    const { outbox } = outboxTo(smtp.url);
    outbox.start();
    await store();
    outbox.nudge();
    await outbox.stop();
    expect(smtp.received).toHaveLength(1);
    await store();
    outbox.nudge();
    expect(await waiting()).toHaveLength(1);
  });
});
