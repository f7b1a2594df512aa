/**
 * JSON that is read without a loss, or with a note of it: `JSON.parse` rounds numbers and keeps the
 * last of names that come twice, all without a word.
 */

/** The objects and arrays with numbers that a JavaScript number is not. */
const rounded = new WeakSet<object>();
/** The names that came twice in an object. */
const repeated = new WeakMap<object, string[]>();

/** Names have their colon with them. */
const tokens = /"(?:[^"\\]|\\.)*"(\s*:)?|-?\d[\d.eE+-]*|[[\]{},]/g;

type Level = { container: unknown; names: Set<string>; at: string | number };

/** Throws what `JSON.parse` throws. */
export function parseJsonText(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const above: Level[] = [];
  let level: Level = { container: [value], names: new Set(), at: 0 };
  for (const [token, colon] of text.matchAll(tokens)) {
    if (token === '{' || token === '[') {
      above.push(level);
      level = { container: childOf(level), names: new Set(), at: 0 };
    } else if (token === '}' || token === ']') {
      level = above.pop() ?? level;
    } else if (token === ',') {
      if (typeof level.at === 'number') level.at += 1;
    } else if (colon !== undefined) {
      level.at = JSON.parse(token.slice(0, -colon.length));
      noteName(level, String(level.at));
    } else if (!token.startsWith('"') && !isExact(token) && isContainer(level.container)) {
      rounded.add(level.container);
    }
  }
  return value;
}

/** The names that came twice in the text of an object, where it was read as such. */
export function repeatedNames(object: object): string[] {
  return repeated.get(object) ?? [];
}

/** What was lost of an object or array, at whatever depth. */
export function lossIn(value: unknown): string | undefined {
  if (!isContainer(value)) return undefined;
  const [name] = repeatedNames(value);
  if (name !== undefined) return `"${name}" comes twice in an object`;
  if (rounded.has(value)) return 'a number cannot be kept with all its digits';
  return Object.values(value)
    .map(lossIn)
    .find((loss) => loss !== undefined);
}

export const isContainer = (value: unknown): value is object =>
  typeof value === 'object' && value !== null;

/** Where a name came twice, what stood under it at first is not there any more. */
function childOf({ container, at }: Level): unknown {
  return isContainer(container) ? Reflect.get(container, at) : undefined;
}

function noteName({ container, names }: Level, name: string): void {
  if (names.has(name) && isContainer(container)) {
    repeated.set(container, [...repeatedNames(container), name]);
  }
  names.add(name);
}

/** Whether a number keeps its digits and its sign: `1.0` is 1, but `-0` is not 0. */
function isExact(text: string): boolean {
  const value = Number(text);
  const digits = significant(text);
  if (digits === '') return !text.startsWith('-');
  if (value === 0 || !Number.isFinite(value) || digits.length > 100) return false;
  return significant(value.toPrecision(digits.length)) === digits;
}

const significant = (text: string) =>
  text
    .replace(/e.*$/i, '')
    .replace(/[-.]/g, '')
    .replace(/^0+|0+$/g, '');
