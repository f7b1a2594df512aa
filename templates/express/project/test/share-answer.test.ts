import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { shareAnswer } from '../src/http/share-answer.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});
afterEach(() => vi.restoreAllMocks());

it('asks once for all who ask at the same time, and again when the answer is old', async () => {
  const ask = vi.fn(async () => ask.mock.calls.length);
  const shared = shareAnswer(ask, 1000);
  expect(await Promise.all([shared(), shared(), shared()])).toEqual([1, 1, 1]);
  vi.advanceTimersByTime(999);
  expect(await shared()).toBe(1);
  vi.advanceTimersByTime(1);
  expect(await shared()).toBe(2);
});

it('shares a failure in the same way', async () => {
  const ask = vi.fn(async () => {
    throw new Error(`failed ${ask.mock.calls.length}`);
  });
  const shared = shareAnswer<void>(ask, 1000);
  const both = await Promise.allSettled([shared(), shared()]);
  expect(both.map((each) => each.status === 'rejected' && each.reason.message)).toEqual([
    'failed 1',
    'failed 1',
  ]);
  vi.advanceTimersByTime(1000);
  await expect(shared()).rejects.toThrow('failed 2');
});
