import { expect, it } from 'vitest';
import { createMetrics } from '../../src/http/metrics.ts';
import { testDatabase } from '../database.ts';

it('the metrics count the connections to the database', async () => {
  const db = await testDatabase();
  const metrics = createMetrics(db);
  await db.selectFrom('idempotency_keys').select('scope').execute();
  expect(await metrics.metrics()).toMatch(/database_connections\{state="idle"\} [1-9]/);
  expect(await metrics.metrics()).toContain('database_connections{state="waiting"} 0');
});
