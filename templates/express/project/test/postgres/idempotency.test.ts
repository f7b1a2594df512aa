import type { Request } from 'express';
import { expect, it } from 'vitest';
import { createIdempotency } from '../../src/db/idempotency.ts';
import { repeatableOf } from '../../src/http/idempotency.ts';
import { emptyTables, testDatabase } from '../database.ts';

const request = {
  ...{ get: () => 'a', method: 'POST', baseUrl: '/api', path: '/x' },
  body: { data: {} },
} as unknown as Request;

it('answers 409 while the request that came first with the key is still running', async () => {
  const db = await testDatabase();
  await emptyTables(db);
  const once = <T extends object>(work: () => Promise<T>) =>
    createIdempotency(db).once(repeatableOf(request, ''), work);
  const first = once(async () => {
    const second = once(async () => ({ by: 'the second' }));
    await expect(second).rejects.toMatchObject({ status: 409, code: 'CONFLICT' });
    return { by: 'the first' };
  });
  expect(await first).toEqual({ by: 'the first' });
  expect(await once(async () => ({}))).toEqual({ by: 'the first' });
});
