import { expect, it } from 'vitest';
import { nextTimestamp } from '../../src/plan/migration-time.ts';

const clock = new Date('2026-01-31T23:59:59Z');

it.each([
  ['now, where there is none', [], '20260131235959'],
  ['now, where all are older', ['20250101000000_create_users.ts'], '20260131235959'],
  ['a second later than one of now', ['20260131235959_create_a.ts'], '20260201000000'],
  ['after the newest, even of the future', ['20270101000000_b.ts', '2026_a.ts'], '20270101000001'],
  ['now, whatever else is there', ['.gitkeep', 'notes.md'], '20260131235959'],
])('is %s', (_case, migrations, expected) => {
  expect(nextTimestamp(migrations, clock)).toBe(expected);
});
