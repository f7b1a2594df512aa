import type { WireResult } from '../../../manifest/change.ts';
import { compareModules } from './module-order.ts';

/** Fewer lines are parsed in less time than it takes to find those that are alike. */
const LEAST = 100;

const IMPORT = /^import (?:type )?\{ (\w+) \} from '(\.{1,2}\/modules\/[^']+)';$/;
const UNUSUAL = /\r|^import (?:type )?\{\S/m;
/** `router.use(#(deps));`, `#: #(db),` and `#: #;`, where `#` is a name. */
const USE = /^\s+(?:\w+\.use\(#\(\w+\)\);|#: #(?:\(\w+\))?[,;])$/;
/** Names of what may stand behind the routes of all modules. */
const NO_MODULE = /handler|middleware|found|error/i;

/**
 * Wires a text without most of the lines that all endpoints have alike, and puts them back: where there
 * are many, they take longer to parse than all else. Of neighbours alike the first and the last stay,
 * and those where the import of `from` belongs. `words` are what the new lines are about. The whole text
 * is wired where anything is unusual.
 */
export function wireShortened(
  text: string | undefined,
  { words, from }: { words: readonly string[]; from: string },
  wire: (text: string | undefined) => WireResult,
): WireResult {
  const isUsual = text !== undefined && !UNUSUAL.test(text) && !text.includes(from);
  const lines = isUsual ? readLines(text, words, from) : [];
  const left = leftOut(lines, from);
  if (left.size < LEAST) return wire(text);
  const short = lines.filter((line) => !left.has(line)).map((line) => line.text);
  const result = wire(short.join('\n'));
  const whole = result.status === 'wired' ? restored(result.text, lines, left) : undefined;
  return whole === undefined ? wire(text) : { status: 'wired', text: whole };
}

/** A line; the shape is that of all lines like it, if it only imports or uses one module. */
type Line = { text: string; shape?: string; name?: string; module?: string | undefined };

function readLines(text: string, words: readonly string[], from: string): Line[] {
  const lines = text.split('\n');
  const modules = new Map<string, string>();
  for (const line of lines) {
    const [, name, module] = IMPORT.exec(line) ?? [];
    const isAlike = name && module && placeOf(module) === placeOf(from) && !NO_MODULE.test(name);
    if (isAlike) modules.set(name, module);
  }
  const counts = new Map<string, number>();
  const read = lines.map((line): Line => {
    const named = line.match(/[\w$]+/g) ?? [];
    const known = named.filter((word) => modules.has(word));
    for (const word of known) counts.set(word, (counts.get(word) ?? 0) + 1);
    const [name] = known;
    if (name === undefined || named.some((word) => words.includes(word))) return { text: line };
    if (IMPORT.test(line)) return { text: line, shape: 'import', name, module: modules.get(name) };
    const shape = line.replace(name, '#').replace(/^(\s+)\w+: /, '$1#: ');
    return USE.test(shape) ? { text: line, shape, name } : { text: line };
  });
  return read.map((line) => (counts.get(line.name ?? '') === 2 ? line : { text: line.text }));
}

/** The module of an endpoint as a pattern: `./modules/#/#.routes.ts`. */
const placeOf = (module: string) => module.replace(/([\w-]+)\/\1\./, '#/#.');

/** The lines that stand between lines alike, with both the import and the use of a name. */
function leftOut(lines: readonly Line[], from: string): Set<Line> {
  const between = lines.filter((line, at) => {
    const [before, after] = [lines[at - 1], lines[at + 1]];
    const isBetween = before?.shape === line.shape && after?.shape === line.shape;
    return line.shape !== undefined && isBetween && !isPlace(from, [before, line, after]);
  });
  const counts = new Map<string, number>();
  for (const { name = '' } of between) counts.set(name, (counts.get(name) ?? 0) + 1);
  return new Set(between.filter(({ name = '' }) => counts.get(name) === 2));
}

/** Whether the order of imports is broken at one of three lines, or the new import belongs there. */
function isPlace(from: string, lines: readonly (Line | undefined)[]): boolean {
  const modules = lines.flatMap((line) => line?.module ?? []);
  const orders = modules.map((module, at) => compareModules(modules[at - 1] ?? module, module));
  const isBefore = modules.map((module) => compareModules(module, from) <= 0);
  return orders.some((order) => order > 0) || new Set(isBefore).size > 1;
}

/** The wired text with the lines that were left out; undefined if something is between their neighbours. */
function restored(wired: string, lines: readonly Line[], left: Set<Line>): string | undefined {
  let done = '';
  let rest = wired;
  for (const [at, line] of lines.entries()) {
    const before = lines[at - 1];
    if (!left.has(line) || before === undefined || left.has(before)) continue;
    const end = lines.findIndex((each, index) => index > at && !left.has(each));
    const start = `\n${before.text}\n`;
    const found = rest.indexOf(`${start}${lines[end]?.text}\n`);
    if (found < 0) return undefined;
    const missing = lines.slice(at, end).map(({ text }) => `${text}\n`);
    done += rest.slice(0, found) + start + missing.join('');
    rest = rest.slice(found + start.length);
  }
  return done + rest;
}
