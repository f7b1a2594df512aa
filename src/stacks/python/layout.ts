import { tidyImports } from './tidy-imports.ts';

/** The longest line, as in pyproject.toml. */
const width = 100;

/** Lays out a rendered file as `ruff format` does: its statements are written on one line each. */
export function layoutPython(text: string): string {
  const { bare, kept } = withoutTexts(tidyImports(text));
  const laid = withBlankLines(bare.split('\n').flatMap(layLine).join('\n'));
  return laid.replace(/\u{e000}(\d+)\u{e000}/gu, (_all, at: string) => kept[Number(at)] ?? '');
}

/** Texts over several lines stay as they are. */
function withoutTexts(text: string): { bare: string; kept: string[] } {
  const kept: string[] = [];
  const bare = text.replace(/"""[\s\S]*?"""/g, (found) => {
    if (!found.includes('\n')) return found;
    kept.push(found);
    return `\u{e000}${kept.length - 1}\u{e000}`;
  });
  return { bare, kept };
}

function layLine(line: string): string[] {
  if (line.length <= width || /^\s*(?:#|""")/.test(line)) return [line];
  const [, from = '', names = ''] = /^(from \S+ import )([\w, ]+)$/.exec(line) ?? [];
  if (from !== '') return [`${from}(`, ...names.split(', ').map((name) => `    ${name},`), ')'];
  const union = /^( *)(\w+: )(.+) \| None( = .+)?$/.exec(line);
  if (union !== null) return layUnion(union);
  const alias = /^(\w+ = )(.+ \| None)$/.exec(line);
  if (alias !== null) return layAlias(alias, line);
  return splitLine(line);
}

/** A line that is split at its brackets. */
function splitLine(line: string): string[] {
  const place = placeToSplit(line);
  if (place === undefined) return parenthesized(line);
  const { open, close } = place;
  const indent = /^ */.exec(line)?.[0] ?? '';
  const [head, tail] = [line.slice(0, open + 1), `${indent}${line.slice(close)}`];
  const body = line.slice(open + 1, close);
  const parts = splitAtCommas(body);
  const whole = `${indent}    ${body}`;
  const isSequence = parts.length > 1 && isLiteral(line, open);
  const isWhole = whole.length <= width && !body.endsWith(',') && !isSequence;
  if (isWhole) return [head, whole, ...layLine(tail)];
  const isLone = parts.length === 1 && line[open] === '[';
  const laid = parts.flatMap((part) => layLine(`${indent}    ${part}${isLone ? '' : ','}`));
  return [head, ...laid, ...layLine(tail)];
}

/** Whether a bracket begins a list, dictionary or tuple: each of its values gets a line. */
const isLiteral = (line: string, open: number) => !/[\w)\]]$/.test(line.slice(0, open));

/** `name = value` over several lines, where the value has nothing to split. */
function parenthesized(line: string): string[] {
  const [, indent = '', head = '', value = ''] = /^( *)(.*? = )(.+)$/.exec(line) ?? [];
  const inner = `${indent}    ${value}`;
  return head === '' || inner.length > width ? [line] : [`${indent}${head}(`, inner, `${indent})`];
}

/** `Name = type | None`, in brackets where the type fits into them. */
function layAlias([, head = '', type = '']: readonly string[], line: string): string[] {
  const inner = `    ${type}`;
  return inner.length <= width ? [`${head}(`, inner, ')'] : splitLine(line);
}

/** `name: type | None = value`, in brackets: those of a call, if it is the value. */
function layUnion([, indent = '', name = '', type = '', value = '']: readonly string[]): string[] {
  const [, call = '', given = ''] = /^( = [\w.]+\()(.+)\)$/.exec(value) ?? [];
  const called = `${indent}${name}${type} | None${call}`;
  if (call !== '' && called.length <= width) return [called, `${indent}    ${given}`, `${indent})`];
  const start = `${indent}${name}${type} | None = (`;
  if (start.length <= width) return [start, `${indent}    ${value.slice(3)}`, `${indent})`];
  const whole = `${indent}    ${type} | None`;
  const inner =
    whole.length <= width ? [whole] : [...layLine(`${indent}    ${type}`), `${indent}    | None`];
  return [`${indent}${name}(`, ...inner, `${indent})${value}`];
}

type Place = { open: number; close: number };

/**
 * The brackets to split: those of the parameters, else the last ones that hold anything, begin
 * within the width, and are no index of what stands in brackets itself.
 */
function placeToSplit(line: string): Place | undefined {
  const outer = outerBrackets(line).filter(({ open, close }) => close - open > 1);
  const isFunction = /^\s*(?:async )?def /.test(line);
  const chosen = isFunction
    ? outer[0]
    : outer.findLast(
        ({ open }) => open < width && !(line[open] === '[' && /[\])]/.test(line[open - 1] ?? '')),
      );
  // A value behind them is no part of what they hold.
  return chosen && / = ./.test(line.slice(chosen.close)) ? undefined : chosen;
}

function outerBrackets(line: string): Place[] {
  const places: Place[] = [];
  const opened: number[] = [];
  forEachSign(line, (sign, at) => {
    if ('([{'.includes(sign)) opened.push(at);
    if (!')]}'.includes(sign)) return;
    const open = opened.pop();
    if (open !== undefined && opened.length === 0) places.push({ open, close: at });
  });
  return places;
}

function splitAtCommas(body: string): string[] {
  const ends: number[] = [];
  let depth = 0;
  forEachSign(body, (sign, at) => {
    if ('([{'.includes(sign)) depth += 1;
    if (')]}'.includes(sign)) depth -= 1;
    if (sign === ',' && depth === 0) ends.push(at);
  });
  const starts = [0, ...ends.map((end) => end + 1)];
  return starts
    .map((start, at) => body.slice(start, ends[at] ?? body.length).trim())
    .filter((part) => part !== '');
}

/** The signs of code that stand in no text. */
function forEachSign(code: string, visit: (sign: string, at: number) => void): void {
  let quote = '';
  for (let at = 0; at < code.length; at += 1) {
    const sign = code[at] ?? '';
    if (quote !== '') {
      if (sign === '\\') at += 1;
      else if (sign === quote) quote = '';
    } else if (sign === '"' || sign === "'") quote = sign;
    else visit(sign, at);
  }
}

const definition = /^(?:class |def |async def |@)/;

/** Two blank lines around classes and functions, one around methods, none at the start of a block. */
function withBlankLines(text: string): string {
  const laid: string[] = [];
  let blank = 0;
  // The first lines of the last statement at the top, and of the last one in a class.
  let statement = '';
  let member = '';
  for (const line of text.split('\n')) {
    if (line === '') {
      blank += 1;
      continue;
    }
    const last = laid.at(-1);
    if (last !== undefined)
      laid.push(...Array(blankLines(last, line, blank, { statement, member })).fill(''));
    laid.push(line);
    blank = 0;
    if (isTop(line)) statement = line;
    if (isMember(line)) member = line;
  }
  return `${laid.join('\n')}\n`;
}

const isTop = (line: string) => /^[^\s)\]}]/.test(line);
const isMember = (line: string) => /^ {4}[^\s)\]}]/.test(line);

function blankLines(
  last: string,
  line: string,
  blank: number,
  { statement, member }: { statement: string; member: string },
): number {
  if (isTop(line)) {
    if (statement.startsWith('@')) return 0;
    const isApart = definition.test(line) || definition.test(statement);
    return isApart ? 2 : Math.min(blank, 2);
  }
  if (/:$/.test(last) && !last.startsWith('class ')) return 0;
  const isMethod = /^ +(?:async def |def |@)/.test(line);
  const isDecorated = isMember(line) && member.startsWith('    @');
  if (isMethod) return isDecorated || /:$|^ +[@#]/.test(last) ? 0 : 1;
  return Math.min(blank, 1);
}
