/**
 * Regular expressions for decimals above or below a bound. They compare exactly, digit by digit.
 * Unlike a custom check, a pattern can be part of the OpenAPI document; JSON Schema has no minimum
 * for strings.
 */

export function atLeast(bound: number): RegExp {
  const { below, equal } = patternsOf(bound);
  if (bound > 0) return new RegExp(`^(?!-|(${below})$)`);
  return new RegExp(`^([^-]|-(${below}|${equal})$)`);
}

export function atMost(bound: number): RegExp {
  const { below, equal } = patternsOf(bound);
  if (bound < 0) return new RegExp(`^-(?!(${below})$)`);
  return new RegExp(`^(-|(${below}|${equal})$)`);
}

/** Patterns for unsigned decimals below the absolute value of the bound, and equal to it. */
function patternsOf(bound: number): { below: string; equal: string } {
  const [whole = '', fraction = ''] = sizeOf(bound).split('.');
  const most = whole.length - 2;
  const shorter = most < 0 ? [] : [`(0|[1-9]\\d{0,${most}})(\\.\\d+)?`];
  const lesserWhole = lesser(whole, most < 0 ? 0 : 1).map(
    ({ start, rest }) => `${start}\\d{${rest}}(\\.\\d+)?`,
  );
  const lesserFraction = lesser(fraction).map(({ start }) => `${whole}\\.${start}\\d*`);
  const cutShort = [...fraction].map((_, end) =>
    end === 0 ? whole : `${whole}\\.${fraction.slice(0, end)}`,
  );
  return {
    below: [...shorter, ...lesserWhole, ...lesserFraction, ...cutShort].join('|') || '(?!)',
    equal: fraction === '' ? `${whole}(\\.0+)?` : `${whole}\\.${fraction}0*`,
  };
}

/** Prefixes of the digit strings that are less than this one, and how many digits follow. */
function lesser(digits: string, leastFirst = 0) {
  return [...digits].flatMap((digit, place) => {
    const least = place === 0 ? leastFirst : 0;
    if (Number(digit) <= least) return [];
    const start = `${digits.slice(0, place)}[${least}-${Number(digit) - 1}]`;
    return [{ start, rest: digits.length - place - 1 }];
  });
}

/** The absolute value of a number, written without an exponent. */
function sizeOf(bound: number): string {
  const size = Math.abs(bound);
  if (size >= 1e21) return String(BigInt(size));
  return /e/.test(String(size)) ? size.toFixed(9).replace(/\.?0+$/, '') : String(size);
}
