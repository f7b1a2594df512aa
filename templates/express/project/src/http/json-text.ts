/**
 * Parses JSON and records what was lost: `JSON.parse` silently rounds numbers and keeps only the
 * last of duplicate names.
 */

/** Objects and arrays that contain a number which JavaScript cannot represent exactly. */
const rounded = new WeakSet<object>();
/** Duplicate names, by object. */
const repeated = new WeakMap<object, string[]>();

/** A name is matched together with its colon. */
const tokens = /"(?:[^"\\]|\\.)*"(\s*:)?|-?\d[\d.eE+-]*|[[\]{},]/g;

type Level = { container: unknown; names: Set<string>; at: string | number };

/** Like `JSON.parse`, but records rounded numbers and duplicate names. */
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

/** The duplicate names of an object that `parseJsonText` created. */
export function repeatedNames(object: object): string[] {
  return repeated.get(object) ?? [];
}

/** Describes what was lost when an object or array was parsed, at any depth. */
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

/** Undefined for the first value of a duplicate name, since `JSON.parse` has dropped it. */
function childOf({ container, at }: Level): unknown {
  return isContainer(container) ? Reflect.get(container, at) : undefined;
}

function noteName({ container, names }: Level, name: string): void {
  if (names.has(name) && isContainer(container)) {
    repeated.set(container, [...repeatedNames(container), name]);
  }
  names.add(name);
}

/** Whether a number keeps its digits and its sign. `1.0` is exact, but `-0` is not. */
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
