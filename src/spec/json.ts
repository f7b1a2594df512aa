import type { Problem } from './errors.ts';

/** JSON as a value, or where and why it is none. `JSON.parse` of Node 20 does not tell the place. */
export function readJson(text: string): { value: unknown } | { problems: Problem[] } {
  const plain = text.replace(/^\uFEFF/, '');
  const sound = readSound(plain);
  return sound ?? readCarefully(plain);
}

/** The value where nothing is wrong, as it is nearly always, by the fast parser of the engine. */
function readSound(text: string): { value: unknown } | undefined {
  // An escaped sign could stand for one of those that are counted.
  if (text.includes('\\u')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return countKeys(text) === countKeys(JSON.stringify(value)) ? { value } : undefined;
  } catch {
    return undefined;
  }
}

/** How many keys a text has, and the same signs inside of strings; a second key gets lost. */
function countKeys(json: string): number {
  return json.match(/"[ \t\r\n]*:/g)?.length ?? 0;
}

function readCarefully(plain: string): { value: unknown } | { problems: Problem[] } {
  const conflict = plain.search(/^<{7}( |$)/m);
  if (conflict >= 0) {
    const found = `${place(plain, conflict)} has conflict markers of git.`;
    return { problems: [{ found, expected: 'Expected them to be resolved.' }] };
  }
  const scan: Scan = { text: plain, at: 0, problems: [] };
  try {
    readValue(scan);
    skipSpace(scan);
    if (scan.at < plain.length) stop(scan, 'the end of the file');
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return { problems: [{ found: error.message, expected: error.expected }] };
  }
  return scan.problems.length > 0 ? { problems: scan.problems } : { value: JSON.parse(plain) };
}

/** True for what JSON writes in braces. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Scan = { readonly text: string; at: number; readonly problems: Problem[] };

class JsonError extends Error {
  readonly expected: string;

  constructor(found: string, expected: string) {
    super(found);
    this.expected = expected;
  }
}

const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON allows none inside of a string
const quoted = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"/y;

function readValue(scan: Scan): void {
  skipSpace(scan);
  const first = scan.text[scan.at];
  if (first === '{') readMembers(scan);
  else if (first === '[') readList(scan, ']', () => readValue(scan));
  else if ((take(scan, quoted) ?? take(scan, scalar)) === undefined) {
    stop(scan, first === '"' ? 'a text that ends on its line' : 'a value');
  }
}

function readMembers(scan: Scan): void {
  const keys = new Set<string>();
  readList(scan, '}', () => {
    const start = scan.at;
    const key = take(scan, quoted) ?? stop(scan, 'a name in double quotes');
    if (keys.has(key)) {
      const found = `${place(scan.text, start)} has ${key} a second time.`;
      scan.problems.push({ found, expected: 'Expected each name once.' });
    }
    keys.add(key);
    skipSpace(scan);
    if (scan.text[scan.at] !== ':') stop(scan, '`:`');
    scan.at += 1;
    readValue(scan);
  });
}

function readList(scan: Scan, end: string, readOne: () => void): void {
  scan.at += 1;
  skipSpace(scan);
  if (scan.text[scan.at] === end) {
    scan.at += 1;
    return;
  }
  for (;;) {
    skipSpace(scan);
    readOne();
    skipSpace(scan);
    const sign = scan.text[scan.at];
    if (sign !== ',' && sign !== end) stop(scan, `\`,\` or \`${end}\``);
    const comma = scan.at;
    scan.at += 1;
    if (sign === end) return;
    skipSpace(scan);
    if (scan.text[scan.at] === end) {
      scan.at = comma;
      stop(scan, `no comma before \`${end}\``);
    }
  }
}

function skipSpace(scan: Scan): void {
  take(scan, /[ \t\r\n]*/y);
}

function take(scan: Scan, pattern: RegExp): string | undefined {
  pattern.lastIndex = scan.at;
  const [found] = pattern.exec(scan.text) ?? [];
  scan.at += found?.length ?? 0;
  return found;
}

function stop(scan: Scan, expected: string): never {
  const rest = scan.text.slice(scan.at);
  const where = place(scan.text, scan.at);
  if (rest === '') throw new JsonError(`${where} is the end of the file.`, `Expected ${expected}.`);
  if (/^\/[/*]/.test(rest)) throw new JsonError(`${where} is a comment.`, 'JSON has none.');
  const [word] = /^(?:[\w$]+|"[^"\n]{0,20}"?|.)/su.exec(rest) ?? [''];
  throw new JsonError(
    `${where} is ${JSON.stringify(word).replace(/^"|"$/g, '`').replace(/\\"/g, '"')}.`,
    `Expected ${expected}.`,
  );
}

function place(text: string, at: number): string {
  const before = text.slice(0, at).split('\n');
  return `Line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}
