import { describe, expect, it } from 'vitest';
import { notAfter, notBefore } from '../src/http/times.ts';

const times =
  '00:00:00 00:00:01 07:59:59 08:00:00 08:30:15 08:30:20 08:31:00 12:00:00 19:59:09 23:59:59'.split(
    ' ',
  );

describe.each(times)('the bound %s', (bound) => {
  it('lets through what is on its side, with seconds or without', () => {
    for (const time of times) {
      for (const written of [time, time.replace(/:00$/, '')]) {
        expect([written, notBefore(bound).test(written)]).toEqual([written, time >= bound]);
        expect([written, notAfter(bound).test(written)]).toEqual([written, time <= bound]);
      }
    }
  });
});
