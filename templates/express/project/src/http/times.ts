/**
 * Patterns for the times on one side of a bound, with seconds or without. Patterns can stand in the
 * documentation, where a minimum of a text means nothing.
 */

export function notBefore(bound: string): RegExp {
  const minute = bound.slice(0, 5);
  const isWhole = bound === `${minute}:00`;
  const earlier = [...startsBeside(bound, -1), ...(isWhole ? [] : [`${minute}$`])];
  return new RegExp(`^(?!${earlier.join('|') || '(?!)'})`);
}

export function notAfter(bound: string): RegExp {
  return new RegExp(`^(?!${startsBeside(bound, 1).join('|') || '(?!)'})`);
}

/** How times begin that are before a bound, or after it: with one digit that is less, or more. */
function startsBeside(bound: string, side: -1 | 1): string[] {
  return [...bound].flatMap((sign, place) => {
    const next = Number(sign) + side;
    const last = side < 0 ? 0 : 9;
    if (!(next >= 0 && next <= 9)) return [];
    return [`${bound.slice(0, place)}[${Math.min(next, last)}-${Math.max(next, last)}]`];
  });
}
