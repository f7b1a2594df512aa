import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type RequestHandler, raw } from 'express';
import type { Logger } from 'pino';
import type * as z from 'zod';
import type { Database } from '../db/database.ts';
import { removeExpired } from '../db/expired.ts';
import { badRequest, conflict, HttpError } from '../http/errors.ts';
import { parseInput } from '../http/validation.ts';

/** How far the time of a delivery may be from now, in seconds. */
export const tolerance = 300;

/** How long a delivery is remembered (ms): a time to come stays valid for twice the tolerance. */
const kept = 3 * tolerance * 1000;

const header = 'Webhook-Signature';
const largest = '256kb';

export type Webhook<Event extends z.ZodObject> = {
  schema: Event;
  /** Runs in the transaction that remembers the delivery: if it throws, the next one is taken. */
  handle(event: z.output<Event>, parts: { db: Database; logger: Logger }): Promise<void>;
};

type Receiver = { name: string; secret: string | undefined; db: Database; logger: Logger };

const refused = () =>
  new HttpError(401, 'UNAUTHENTICATED', `The ${header} is missing, wrong or too old`);

/**
 * Takes what another service sends: signed as `t=<seconds>,v1=<HMAC-SHA256 of "t.body" in hex>`, of
 * now, and not taken before by any process. Several `v1` are possible while the secret changes.
 */
export function receive<Event extends z.ZodObject>(
  { name, secret, db, logger }: Receiver,
  { schema, handle }: Webhook<Event>,
): RequestHandler[] {
  const take: RequestHandler = async (req, res) => {
    const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
    const time = verify(secret, req.get(header), body);
    if (time === undefined) {
      const { requestId } = res.locals;
      logger.warn({ security: 'webhook_refused', upstream: name, requestId }, 'a webhook is refused');
      throw refused();
    }
    const event = parseInput(schema, readJson(body));
    const id = createHash('sha256').update(`${name}.${time}.`).update(body).digest('base64url');
    await db.transaction().execute(async (trx) => {
      await removeExpired(trx, 'webhook_deliveries', 'id');
      const { numInsertedOrUpdatedRows } = await trx
        .insertInto('webhook_deliveries')
        .values({ id, expires_at: new Date(Date.now() + kept).toISOString() })
        .onConflict((clash) => clash.doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows === 0n) throw conflict('This delivery has arrived before');
      await handle(event, { db: trx, logger });
    });
    res.status(204).end();
  };
  // What is signed are the bytes that were sent: nothing is unpacked.
  return [raw({ type: () => true, limit: largest, inflate: false }), take];
}

/** The time of a delivery in seconds; undefined where it is not signed, or not of now. */
function verify(
  secret: string | undefined,
  signature: string | undefined,
  body: Buffer,
): string | undefined {
  if (secret === undefined || signature === undefined) return undefined;
  const parts = signature.split(',').map((part) => part.trim().split('='));
  const time = parts.find(([key]) => key === 't')?.[1];
  if (time === undefined || !/^\d{1,12}$/.test(time)) return undefined;
  if (Math.abs(Date.now() / 1000 - Number(time)) > tolerance) return undefined;
  const expected = createHmac('sha256', secret).update(`${time}.`).update(body).digest();
  const isRight = parts.some(([key, value = '']) => {
    const given = Buffer.from(value, 'hex');
    return key === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
  return isRight ? time : undefined;
}

function readJson(body: Buffer): unknown {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return json;
  } catch {
    throw badRequest('Expected valid JSON in UTF-8');
  }
}
