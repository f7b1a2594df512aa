import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createLogger } from '../src/logger.ts';

function logged(entry: Record<string, unknown>, logLevel = 'info') {
  const lines: string[] = [];
  const logger = createLogger({ logLevel }, { write: (line) => lines.push(line) });
  logger.info(entry, 'told');
  return lines.map((line) => ({ line, entry: JSON.parse(line) }));
}

describe('the log', () => {
  it('has the level as a word and the time in ISO 8601', () => {
    const [first] = logged({ requestId: 'x' });
    expect(first?.entry).toMatchObject({ level: 'info', msg: 'told', requestId: 'x' });
    expect(new Date(first?.entry.time).toISOString()).toBe(first?.entry.time);
    expect(logged({}, 'warn')).toEqual([]);
  });

  it.each([
    'authorization',
    'Cookie',
    'set-cookie',
    'password',
    'currentPassword',
    'passwordHash',
    'token',
    'refreshToken',
    'clientSecret',
    'rawHeaders',
  ])('never has what is under the name %s', (name) => {
    const within = { [name]: 'hush' };
    const places = [within, { body: within }, { req: { headers: within } }, { list: [within] }];
    for (const entry of places) {
      const [first] = logged(entry);
      expect(first?.line).toContain('[redacted]');
      expect(first?.line).not.toContain('hush');
    }
  });

  it.each([
    [{ text: 'a "b"', count: 1, isTold: false, none: null, gone: undefined }],
    [{ at: new Date(0), list: [1, { deep: true }], plain: { a: { b: 'c' } } }],
  ])('has all else as it is: %j', (entry) => {
    expect(logged(entry)[0]?.line).toContain(JSON.stringify(entry).slice(1, -1));
  });

  it('has of a whole request no header and no query', () => {
    const req = new IncomingMessage(new Socket());
    Object.assign(req, { method: 'GET', url: '/api/posts?token=hush' });
    req.headers.authorization = 'Bearer hush';
    req.rawHeaders.push('Authorization', 'Bearer hush');
    const [first] = logged({ req });
    expect(first?.entry.req).toEqual({ method: 'GET', path: '/api/posts' });
    expect(first?.line).not.toContain('hush');
  });

  it('describes an error by its stack, its causes and its code, and repeats no values', () => {
    const cause = Object.assign(new Error('violates "posts_slug_unique"'), {
      code: '23505',
      detail: 'Key (slug)=(hush) already exists.',
    });
    const [first] = logged({ err: new Error('cannot write', { cause }) });
    expect(first?.entry.err.stack).toMatch(/cannot write.*posts_slug_unique/s);
    expect(first?.line).not.toContain('hush');
    expect(logged({ err: cause })[0]?.entry.err).toMatchObject({ type: 'Error', code: '23505' });
    expect(logged({ err: cause })[0]?.line).not.toContain('hush');
  });
});
