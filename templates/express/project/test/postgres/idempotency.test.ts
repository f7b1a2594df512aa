import type { Request } from 'express';
import { expect, it } from 'vitest';
import { once } from '../../src/http/idempotency.ts';
import { emptyTables, testDatabase } from '../database.ts';

const request = {
  ...{ get: () => 'a', method: 'POST', baseUrl: '/api', path: '/x' },
  body: { data: {} },
} as unknown as Request;

it('answers 409 while the request that came first with the key is still running', async () => {
  const db = await testDatabase();
  await emptyTables(db);
  const first = once(request, '', db, async () => {
    const second = once(request, '', db, async () => ({ by: 'the second' }));
    await expect(second).rejects.toMatchObject({ status: 409, code: 'CONFLICT' });
    return { by: 'the first' };
  });
  expect(await first).toEqual({ by: 'the first' });
  expect(await once(request, '', db, async () => ({}))).toEqual({ by: 'the first' });
});
