/**
 * Regular expressions for times before or after a bound, with or without seconds. Unlike a custom
 * check, a pattern can be part of the OpenAPI document; JSON Schema has no minimum for strings.
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

/** Prefixes of the times before or after a bound: they differ from it in one digit. */
function startsBeside(bound: string, side: -1 | 1): string[] {
  return [...bound].flatMap((sign, place) => {
    const next = Number(sign) + side;
    const last = side < 0 ? 0 : 9;
    if (!(next >= 0 && next <= 9)) return [];
    return [`${bound.slice(0, place)}[${Math.min(next, last)}-${Math.max(next, last)}]`];
  });
}
