import type { Node, ParseError } from 'jsonc-parser';
import { parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Problem } from './errors.ts';

type Read = { value: unknown } | { problems: Problem[] };

/** JSON as a value, or where and why it is invalid. `JSON.parse` of Node 20 gives no position. */
export function readJson(text: string): Read {
  const plain = text.replace(/^\uFEFF/, '');
  return readSound(plain) ?? readCarefully(plain);
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of valid JSON, which is the usual case, by the fast parser of the engine. */
function readSound(text: string): { value: unknown } | undefined {
  // An escape could stand for one of the characters that are counted.
  if (text.includes('\\u')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return countKeys(text) === countKeys(JSON.stringify(value)) ? { value } : undefined;
  } catch {
    return undefined;
  }
}

/** Counts keys, and what looks like keys inside of strings: a repeated key changes the count. */
function countKeys(json: string): number {
  return json.match(/"[ \t\r\n]*:/g)?.length ?? 0;
}

function readCarefully(text: string): Read {
  const conflict = text.search(/^<{7}( |$)/m);
  if (conflict >= 0) {
    const found = `${place(text, conflict)} has a conflict marker.`;
    return {
      problems: [
        {
          found,
          expected:
            'Expected conflicts to be resolved by hand; `gen apply` then updates the other files.',
        },
      ],
    };
  }
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true });
  const [first, second] = errors;
  if (first !== undefined) return { problems: [syntaxProblem(text, first, second)] };
  const problems = repeatedKeys(root).map((key): Problem => {
    const found = `${place(text, key.offset)} has ${JSON.stringify(key.value)} a second time.`;
    return { found, expected: 'Expected each key once.' };
  });
  return problems.length > 0 ? { problems } : { value: JSON.parse(text) };
}

/** A syntax error in words; the parser reports a wrong word before it reports what is missing. */
function syntaxProblem(text: string, error: ParseError, next: ParseError | undefined): Problem {
  const rest = text.slice(error.offset);
  const comma = /,[ \t\r\n]*$/.exec(text.slice(0, error.offset));
  if (comma !== null && /^[}\]]/.test(rest)) {
    const found = `${place(text, comma.index)} is \`,\`.`;
    return { found, expected: `Expected no comma before \`${rest[0]}\`.` };
  }
  const where = place(text, error.offset);
  const code = printParseErrorCode(error.error);
  if (code === 'InvalidCommentToken') {
    return { found: `${where} is a comment.`, expected: 'JSON has no comments.' };
  }
  const meant = code === 'InvalidSymbol' && next !== undefined ? next : error;
  const expected = expectedAt(printParseErrorCode(meant.error));
  if (rest === '') return { found: `${where} is the end of the file.`, expected };
  const [word] = /^(?:[\w$]+|"[^"\n]{0,20}"?|.)/su.exec(rest) ?? [''];
  const shown = JSON.stringify(word).replace(/^"|"$/g, '`').replace(/\\"/g, '"');
  return { found: `${where} is ${shown}.`, expected };
}

function expectedAt(code: string): string {
  switch (code) {
    case 'PropertyNameExpected':
      return 'Expected a key in double quotes.';
    case 'ColonExpected':
      return 'Expected `:`.';
    case 'CommaExpected':
      return 'Expected `,` or a closing bracket.';
    case 'CloseBraceExpected':
      return 'Expected `,` or `}`.';
    case 'CloseBracketExpected':
      return 'Expected `,` or `]`.';
    case 'EndOfFileExpected':
      return 'Expected the end of the file.';
    case 'UnexpectedEndOfString':
      return 'Expected a string that ends on its line.';
    case 'InvalidUnicode':
    case 'InvalidEscapeCharacter':
    case 'InvalidCharacter':
      return 'Expected a string with JSON escapes only, such as \\n and \\u00e9.';
    default:
      return 'Expected a value.';
  }
}

/** The keys that are repeated in their object. */
function repeatedKeys(node: Node | undefined): Node[] {
  if (node?.children === undefined) return [];
  const keys =
    node.type === 'object' ? node.children.flatMap(({ children }) => children?.[0] ?? []) : [];
  const seen = new Set<unknown>();
  const repeated = keys.filter(({ value }) => seen.size === seen.add(value).size);
  return [...repeated, ...node.children.flatMap(repeatedKeys)];
}

function place(text: string, at: number): string {
  const before = text.slice(0, at).split('\n');
  return `Line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}
