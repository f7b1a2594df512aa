import { hash } from '@node-rs/argon2';
import { describe, expect, it } from 'vitest';
import { createPasswords, newPassword } from './passwords.ts';

const passwords = createPasswords();

describe('a new password', () => {
  it.each(['twelve chars', 'ünïcödé is fine', 'x7!'.padEnd(128, 'abcdefgh'), '        spaces'])(
    'may be %s',
    (password) => expect(newPassword.safeParse(password).success).toBe(true),
  );

  it.each([
    ['too short', 'eleven char'],
    ['too long', 'x7!'.padEnd(129, 'abcdefgh')],
    ['no text', 123_456_789_012],
  ])('may not be %s', (_case, password) => {
    expect(newPassword.safeParse(password).success).toBe(false);
  });
});

describe('a hash', () => {
  it('is Argon2id with a salt of its own', async () => {
    const [one, other] = [await passwords.hash('same'), await passwords.hash('same')];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(other);
    expect(await passwords.verify(one, 'same')).toBe('right');
    expect(await passwords.verify(one, 'Same')).toBe('wrong');
  });

  it('is of the text, whichever characters it was typed with', async () => {
    const composed = await passwords.hash('zw\u00f6lf \ufb01sche');
    expect(await passwords.verify(composed, 'zwo\u0308lf fische')).toBe('right');
    expect(await passwords.verify(composed, 'zwolf fische')).toBe('wrong');
  });

  it('of what was typed, as older ones are, is right and outdated', async () => {
    const typed = await hash('zwo\u0308lf fische', { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    expect(await passwords.verify(typed, 'zwo\u0308lf fische')).toBe('outdated');
    expect(await passwords.verify(typed, 'zwo\u0308lf fisch')).toBe('wrong');
  });

  it('is outdated when it was made with other parameters', async () => {
    const weaker = await hash('same', { memoryCost: 8192, timeCost: 2, parallelism: 1 });
    expect(await passwords.verify(weaker, 'same')).toBe('outdated');
    expect(await passwords.verify(weaker, 'Same')).toBe('wrong');
  });
});
