export type Pick = (<T>(from: readonly T[]) => T) & {
  chance(probability: number): boolean;
  word(): string;
};

/** Chooses the same for the same seed, on any machine. */
export function picker(seed: number): Pick {
  let state = seed;
  const next = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const pick = <T>(from: readonly T[]): T => {
    const index = Math.floor(next() * from.length);
    const chosen = from[index];
    if (chosen === undefined && !(index in from)) throw new Error('nothing to choose from');
    return chosen as T;
  };
  return Object.assign(pick, {
    chance: (probability: number) => next() < probability,
    word: () => next().toString(36).slice(2),
  });
}

export const oddStrings = [
  ...['', ' ', '0', 'x', '\0', 'a\0b', '\ud800', '🙂', '%', '_', '\\', "'", '"', ';--', 'é', 'ÿ'],
  ...["' or 1=1 --", '$1', '{{7*7}}', '<script>', '../../etc/passwd', '\r\nX-Evil: 1', 'null'],
  ...['NaN', 'Infinity', '-0', '1e5', '1e400', '0x10', '9'.repeat(50), '2026-02-30', '2026-01-31'],
  ...['2026-01-31T12:00:00Z', '0000-00-00', '+010000-01-01T00:00:00.000Z', 'a@b.cd', 'true'],
  ...['__proto__', 'constructor', 'javascript:1', 'x'.repeat(6000), '\u202e', '\ufeff', '[]', '{}'],
];

const deep = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

export const oddValues: unknown[] = [
  ...oddStrings,
  ...[null, true, false, 0, -0, -1, 1.5, 1e21, 1e308, 5e-324, 2147483648, 9007199254740992],
  ...[[], [[]], [null], ['\0'], [1, 'x'], {}, { a: 1 }, { length: -1 }, { toString: null }],
  ...[deep(50), deep(150), { a: '\ud800' }, { '\0': 1 }, Array(300).fill('x')],
  JSON.parse('{"__proto__":{"role":"admin"}}'),
];

const pieces = ['"', '}', '[', ',', '\\u0000', '\\ud800', '%', '&', '=', '-', 'e9', '\0', '\n'];

/** The text with a piece cut out, or something put in. */
export function mutate(text: string, pick: Pick): string {
  const places = [...text].map((_sign, index) => index);
  if (places.length === 0) return pick(pieces);
  const [start = 0, end = 0] = [pick(places), pick(places)].sort((one, other) => one - other);
  return pick([
    text.slice(0, start) + text.slice(end),
    text.slice(0, start) + pick(pieces) + text.slice(start),
  ]);
}
