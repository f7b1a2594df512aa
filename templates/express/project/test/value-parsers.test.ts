import { describe, expect, it } from 'vitest';
import { valueParsers } from '../src/db/value-parsers.ts';

const dateTime = 1184;
const dateTimes = 1185;

describe('times of the database', () => {
  it.each([
    ['2026-01-31 08:05:09+00', '2026-01-31T08:05:09.000Z'],
    ['2026-01-31 08:05:09.5+00', '2026-01-31T08:05:09.500Z'],
    ['2026-01-31 08:05:09.123999+00', '2026-01-31T08:05:09.123Z'],
    ['2026-01-31 08:05:09.123+02', '2026-01-31T06:05:09.123Z'],
    ['2026-01-31 08:05:09.123+05:30', '2026-01-31T02:35:09.123Z'],
    ['0099-01-31 08:05:09+00', '0099-01-31T08:05:09.000Z'],
    ['12026-01-31 08:05:09+00', '+012026-01-31T08:05:09.000Z'],
    ['0044-03-15 12:00:00+00 BC', '-000043-03-15T12:00:00.000Z'],
  ])('%s is %s', (text, expected) => {
    expect(valueParsers[dateTime]?.(text)).toBe(expected);
    expect(valueParsers[dateTimes]?.(`{"${text}"}`)).toEqual([expected]);
  });

  it('are the same in UTC as in any other zone', () => {
    for (let millisecond = 0; millisecond < 1000; millisecond += 1) {
      const fraction = String(millisecond).padStart(3, '0').replace(/0+$/, '');
      const text = fraction ? `2026-01-31 08:05:09.${fraction}` : '2026-01-31 08:05:09';
      expect(valueParsers[dateTime]?.(`${text}+00`)).toBe(valueParsers[dateTime]?.(`${text}+0000`));
    }
  });
});
