import type { Request } from 'express';
import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../src/db/database.ts';
import { createIdempotency } from '../src/db/idempotency.ts';
import { repeatableOf } from '../src/http/idempotency.ts';
import { emptyTables, testDatabase } from './database.ts';

let db: Database;
beforeEach(async () => {
  db = await testDatabase();
  await emptyTables(db);
});

const requestOf = (key: string | undefined, body: unknown = { data: {} }, route = {}) => {
  const req = { get: () => key, method: 'POST', baseUrl: '/api', path: '/x', body, ...route };
  return req as unknown as Request;
};

const once = async <T extends object>(req: Request, caller: string, work: () => Promise<T>) =>
  createIdempotency(db).once(repeatableOf(req, caller), work);

const countOf = () => {
  let count = 0;
  return async () => {
    count += 1;
    return { count };
  };
};

describe('once', () => {
  it('does the work each time without a key', async () => {
    const work = countOf();
    await once(requestOf(undefined), '', work);
    expect(await once(requestOf(undefined), '', work)).toEqual({ count: 2 });
  });

  it('gives the first result again for the same key, caller and body', async () => {
    const work = countOf();
    await once(requestOf('a'), 'ada', work);
    expect(await once(requestOf('a'), 'ada', work)).toEqual({ count: 1 });
    expect(await once(requestOf('a'), 'bob', work)).toEqual({ count: 2 });
    expect(await once(requestOf('b'), 'ada', work)).toEqual({ count: 3 });
  });

  it.each([
    ['path', { path: '/y' }],
    ['router', { baseUrl: '/other' }],
    ['method', { method: 'PUT' }],
  ])('keeps the keys of callers whom nobody knows apart by %s', async (_case, route) => {
    const work = countOf();
    await once(requestOf('a'), '', work);
    expect(await once(requestOf('a', { data: {} }, route), '', work)).toEqual({ count: 2 });
  });

  it('refuses the key for another body', async () => {
    await once(requestOf('a'), '', countOf());
    const other = once(requestOf('a', { data: { name: 'other' } }), '', countOf());
    await expect(other).rejects.toMatchObject({ status: 422 });
  });

  it('keeps nothing of work that failed', async () => {
    const failing = once(requestOf('a'), '', () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(await once(requestOf('a'), '', countOf())).toEqual({ count: 1 });
  });

  it('forgets after a day', async () => {
    const work = countOf();
    await once(requestOf('a'), '', work);
    await sql`update idempotency_keys set created_at = now() - interval '25 hours'`.execute(db);
    expect(await once(requestOf('a'), '', work)).toEqual({ count: 2 });
  });

  it('removes a hundred forgotten keys with each new one', async () => {
    const keys = Array.from({ length: 150 }, (_, index) => ({
      scope: String(index),
      request: '',
      result: '{}',
    }));
    await db.insertInto('idempotency_keys').values(keys).execute();
    await sql`update idempotency_keys set created_at = now() - interval '25 hours'`.execute(db);
    const left = () => db.selectFrom('idempotency_keys').select('scope').execute();
    await once(requestOf('a'), '', countOf());
    expect(await left()).toHaveLength(51);
    await once(requestOf('b'), '', countOf());
    expect(await left()).toHaveLength(2);
  });

  it('does the work once for requests at the same time', async () => {
    const work = countOf();
    const all = [1, 2, 3].map(() => once(requestOf('a'), '', work));
    const results = await Promise.allSettled(all);
    for (const result of results) {
      if (result.status === 'fulfilled') expect(result.value).toEqual({ count: 1 });
      else expect(result.reason).toMatchObject({ status: 409 });
    }
    expect(await work()).toEqual({ count: 2 });
  });

  it.each(['', 'with space', 'x'.repeat(256), 'ä'])('refuses the key "%s"', async (key) => {
    const refused = once(requestOf(key), '', countOf());
    await expect(refused).rejects.toMatchObject({ status: 400 });
  });
});
