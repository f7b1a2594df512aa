import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';

describe('readConfig', () => {
  it('needs nothing to run on the embedded database', () => {
    expect(readConfig({})).toMatchObject({
      env: 'development',
      port: 3000,
      database: { kind: 'embedded', folder: '.data' },
    });
  });

  it('takes an empty variable for an absent one', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '' }).port).toBe(3000);
  });

  it('uses PostgreSQL when there is a DATABASE_URL', () => {
    const url = 'postgres://localhost/app';
    expect(readConfig({ DATABASE_URL: url }).database).toEqual({ kind: 'postgres', url });
  });

  it('names every bad variable at once', () => {
    const env = { PORT: '99999', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://localhost' };
    expect(() => readConfig(env)).toThrow(/PORT.*LOG_LEVEL.*DATABASE_URL/s);
  });
});
