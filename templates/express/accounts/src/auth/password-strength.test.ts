import { describe, expect, it } from 'vitest';
import { ownWords, weaknessOf } from './password-strength.ts';

const email = 'ada.lovelace@example.com';

describe('a password', () => {
  it.each([
    'open the red door',
    'ünïcödé is fine',
    'correct-horse-battery',
    'x7!'.padEnd(128, 'kq9#Zt'),
    '739105826471',
  ])('is strong enough: %s', async (password) => {
    expect(await weaknessOf(password, email)).toBeUndefined();
  });

  it.each([
    ['common', 'qwertyuiop123'],
    ['common in other letters', 'PassWord1234'],
    ['common with digits for letters', 'P@ssw0rd12345'],
    ['common, twice', 'passwordpassword'],
    ['common, with a year', 'football2024!'],
    ['a row of keys', 'zxcvbnmasdfghjkl'],
    ['a repetition', 'abcabcabcabc'],
    ['one letter', 'x'.repeat(128)],
    ['the address', email],
    ['a part of the address', 'lovelace1234'],
    ...ownWords.map((word): [string, string] => [`a name of this service`, `${word}1234567890`]),
  ])('is too easy to guess: %s', async (_case, password) => {
    expect(await weaknessOf(password, email)).toMatch(/^Too easy to guess/);
  });
});
