import { describe, expect, it } from 'vitest';
import { atLeast, atMost } from '../src/http/decimals.ts';

const bounds = [0, 1, 9, 10, 99.5, 100, 120.05, 0.5, 0.01, 1e-7, 999999.999999999, 1e21];

/** Decimals with nine digits behind the point, as whole numbers. */
function billionths(decimal: string): bigint {
  const [whole = '', fraction = ''] = decimal.replace('-', '').split('.');
  const size = BigInt(whole + fraction.padEnd(9, '0'));
  return decimal.startsWith('-') ? -size : size;
}

const exactly = (bound: number) =>
  billionths(Math.abs(bound) < 1e21 ? bound.toFixed(9) : String(BigInt(bound)));

const written = (billionths: bigint) => {
  const digits = String(billionths < 0n ? -billionths : billionths).padStart(10, '0');
  return `${billionths < 0n ? '-' : ''}${digits.slice(0, -9)}.${digits.slice(-9)}`;
};

/** Decimals around a bound, and the same numbers written in other ways. */
function around(bound: number): string[] {
  const exact = exactly(bound);
  const steps = [0n, 1n, 10n, 10n ** 8n, 10n ** 9n, 11n * 10n ** 9n, 10n ** 17n];
  const near = steps.flatMap((step) => [exact - step, exact + step]).map(written);
  const short = near.map((each) => each.replace(/\.?0+$/, ''));
  return [...near, ...short, '0', '-0', '-0.00', '1', '-1', '1.0', '999999999999999999.999999999'];
}

describe.each(bounds.flatMap((bound) => [bound, -bound]))('the bound %d', (bound) => {
  const exact = exactly(bound);

  it('is kept as exactly as numbers are compared', () => {
    for (const decimal of around(bound)) {
      const value = billionths(decimal);
      expect([decimal, atLeast(bound).test(decimal)]).toEqual([decimal, value >= exact]);
      expect([decimal, atMost(bound).test(decimal)]).toEqual([decimal, value <= exact]);
    }
  });
});
