/** A value that the server makes, as each of both stacks made it: an id, a tag, a cursor, a token. */
type Pair = readonly [string, string];

export type Side = 0 | 1;
export type Pairs = ReturnType<typeof createPairs>;

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const times = new Set(['createdAt', 'updatedAt', 'timestamp', 'expiresAt', 'lastUsedAt']);
const made = new Set(['id', 'nextCursor', 'accessToken', 'refreshToken']);
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/**
 * What both stacks made for the same request. A request names such a value by its mark, which
 * becomes what the one or the other made; in answers it becomes the mark again.
 */
export function createPairs() {
  const pairs: Pair[] = [];
  const marks = [new Map<string, string>(), new Map<string, string>()] as const;

  /** The mark of a value that both made. */
  function learn(pair: Pair): string {
    const known = marks[0].get(pair[0]);
    if (known !== undefined) return known;
    const mark = `⟦${pairs.push(pair) - 1}⟧`;
    marks[0].set(pair[0], mark);
    marks[1].set(pair[1], mark);
    return mark;
  }

  /** Learns what stands in both answers at the same place under a name that the server fills. */
  function learnAll(one: unknown, other: unknown, name = ''): void {
    if (typeof one === 'string' && typeof other === 'string') {
      if (made.has(name) && one !== other) learn([one, other]);
    } else if (Array.isArray(one) && Array.isArray(other)) {
      for (const [index, each] of one.entries()) learnAll(each, other[index], name);
    } else if (isObject(one) && isObject(other)) {
      for (const [key, each] of Object.entries(one)) learnAll(each, other[key], key);
    }
  }

  const marked = (side: Side, text: string) =>
    marks[side].get(text) ??
    text.replace(uuid, (id) => marks[side].get(id) ?? marks[side].get(id.toLowerCase()) ?? id);

  /** An answer without what differs from one moment to the next. */
  function plain(side: Side, value: unknown, name = ''): unknown {
    if (typeof value === 'string') {
      if (name === 'requestId') return 'an id';
      return times.has(name) && time.test(value) ? 'a time' : marked(side, value);
    }
    if (Array.isArray(value)) return value.map((each) => plain(side, each, name));
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [marked(side, key), plain(side, each, key)]),
    );
  }

  const rendered = (side: Side, text: string) =>
    text.replace(/⟦(\d+)⟧/g, (mark, index) => pairs[Number(index)]?.[side] ?? mark);

  return { learn, learnAll, marked, plain, rendered };
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  value instanceof Object && !Array.isArray(value);
