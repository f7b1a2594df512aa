/** An address needs this, and at least one character before it. */
export const addressEnd = '@example.com';

/**
 * An address of so many characters, its domain filled up with labels `x.`: before the `@` there may
 * be only 64 (RFC 5321).
 */
export function longAddress(length: number): { local: string; labels: number } {
  const rest = length - addressEnd.length;
  const labels = Math.floor((rest - 1) / 2);
  return { local: 'x'.repeat(rest - 2 * labels), labels };
}
