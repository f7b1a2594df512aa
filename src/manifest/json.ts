import type { Node, ParseError } from 'jsonc-parser';
import { parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Problem } from './errors.ts';

type Read = { value: unknown } | { problems: Problem[] };

/** JSON as a value, or where and why it is none. `JSON.parse` of Node 20 does not tell the place. */
export function readJson(text: string): Read {
  const plain = text.replace(/^\uFEFF/, '');
  return readSound(plain) ?? readCarefully(plain);
}

/** True for what JSON writes in braces. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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

function readCarefully(text: string): Read {
  const conflict = text.search(/^<{7}( |$)/m);
  if (conflict >= 0) {
    const found = `${place(text, conflict)} has conflict markers of git.`;
    return {
      problems: [
        {
          found,
          expected:
            'Expected them to be settled by hand; `gen apply` then finishes the other files.',
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
    return { found, expected: 'Expected each name once.' };
  });
  return problems.length > 0 ? { problems } : { value: JSON.parse(text) };
}

/** What the parser says, in words; it reports a wrong word before it says what should be there. */
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
    return { found: `${where} is a comment.`, expected: 'JSON has none.' };
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
      return 'Expected a name in double quotes.';
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
      return 'Expected a text that ends on its line.';
    case 'InvalidUnicode':
    case 'InvalidEscapeCharacter':
    case 'InvalidCharacter':
      return 'Expected a text with JSON escapes only, such as \\n and \\u00e9.';
    default:
      return 'Expected a value.';
  }
}

/** The keys that their object has already. */
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
