/**
 * Text with the places where it may be broken, and the printer that decides where it is: the
 * algorithm of Prettier, which Biome's formatter follows.
 */
export type Doc =
  | string
  | readonly Doc[]
  | { kind: 'indent'; doc: Doc }
  /** Nothing or a space while it is flat, a new line when the group around it breaks. */
  | { kind: 'line'; flat: '' | ' '; hard?: true }
  | { kind: 'ifBreak'; text: string; flat: string }
  /** As many on a line as fit. */
  | { kind: 'fill'; docs: readonly Doc[] }
  | { kind: 'group'; doc: Doc; broken: boolean; states?: readonly Doc[] }
  /** Breaks after an operator only if what follows cannot begin on the same line. */
  | { kind: 'fluid'; doc: Doc };

export const line: Doc = { kind: 'line', flat: ' ' };
export const softLine: Doc = { kind: 'line', flat: '' };
export const hardLine: Doc = { kind: 'line', flat: '', hard: true };
export const indent = (doc: Doc): Doc => ({ kind: 'indent', doc });
export const ifBreak = (text: string, flat = ''): Doc => ({ kind: 'ifBreak', text, flat });
export const fill = (docs: readonly Doc[]): Doc => ({ kind: 'fill', docs });
export const fluid = (doc: Doc): Doc => ({ kind: 'fluid', doc });
export const group = (doc: Doc, broken = willBreak(doc)): Doc => ({ kind: 'group', doc, broken });
/** The first state that fits; the last if none does. */
export const choice = (first: Doc, ...others: readonly Doc[]): Doc => ({
  kind: 'group',
  doc: first,
  broken: false,
  states: [first, ...others],
});

export function willBreak(doc: Doc): boolean {
  if (typeof doc === 'string') return false;
  if (isList(doc)) return doc.some(willBreak);
  if (doc.kind === 'group') return doc.broken || (!doc.states && willBreak(doc.doc));
  if (doc.kind === 'line') return doc.hard === true;
  return doc.kind === 'indent' || doc.kind === 'fluid' ? willBreak(doc.doc) : false;
}

type Command = { depth: number; flat: boolean; doc: Doc };

/** Prints a document that begins at a depth of so many spaces. */
export function print(doc: Doc, depth: number, width: number): string {
  const commands: Command[] = [{ depth, flat: false, doc }];
  let text = ' '.repeat(depth);
  const room = () => width - (text.length - text.lastIndexOf('\n') - 1);
  const fits = (next: Command) => fitsIn(next, commands, room());
  for (let command = commands.pop(); command; command = commands.pop()) {
    const { depth, flat, doc } = command;
    const push = (doc: Doc, isFlat = flat, at = depth) =>
      commands.push({ depth: at, flat: isFlat, doc });
    if (typeof doc === 'string') text += doc;
    else if (isList(doc)) for (const part of doc.toReversed()) push(part);
    else if (doc.kind === 'indent') push(doc.doc, flat, depth + 2);
    else if (doc.kind === 'ifBreak') text += flat ? doc.flat : doc.text;
    else if (doc.kind === 'line') text += flat && !doc.hard ? doc.flat : `\n${' '.repeat(depth)}`;
    else if (doc.kind === 'fluid') {
      commands.push({ depth, flat, doc: doc.doc });
      const stays = flat || fits({ depth, flat: true, doc: ' ' });
      commands.pop();
      if (!stays) text += `\n${' '.repeat(depth + 2)}`;
      push(doc.doc, flat, stays ? depth : depth + 2);
      if (stays) text += ' ';
    } else if (doc.kind === 'fill') {
      const [first = '', ...rest] = doc.docs;
      const [separator, second] = rest;
      if (second !== undefined && separator !== undefined) {
        push({ kind: 'fill', docs: rest.slice(1) });
        const both = { depth, flat: true, doc: [first, separator, second] };
        push(separator, fitsIn(both, [], room()));
      }
      push(first, true);
    } else if (flat && !doc.broken) push(doc.doc);
    else if (!doc.broken && fits({ depth, flat: true, doc: doc.doc })) push(doc.doc, true);
    else if (doc.states === undefined) push(doc.doc, false);
    else {
      const last = doc.states.at(-1) ?? '';
      const state = doc.states.slice(1, -1).find((doc) => fits({ depth, flat: true, doc }));
      if (doc.broken || state === undefined) push(last, false);
      else push(state, true);
    }
  }
  return text;
}

/** Whether all fits up to the next place where the line is, or may be, broken. */
function fitsIn(next: Command, rest: readonly Command[], width: number): boolean {
  const commands = [next];
  let left = width;
  let at = rest.length;
  while (left >= 0) {
    const command = commands.pop() ?? rest[--at];
    if (command === undefined) return true;
    const { depth, flat, doc } = command;
    const push = (doc: Doc, isFlat = flat) => commands.push({ depth, flat: isFlat, doc });
    if (typeof doc === 'string') left -= doc.length;
    else if (isList(doc)) for (const part of doc.toReversed()) push(part);
    else if (doc.kind === 'ifBreak') left -= (flat ? doc.flat : doc.text).length;
    else if (doc.kind === 'line') {
      if (!flat || doc.hard) return true;
      left -= doc.flat.length;
    } else if (doc.kind === 'fluid') {
      if (!flat) return true;
      push([' ', doc.doc]);
    } else if (doc.kind === 'fill') for (const part of doc.docs.toReversed()) push(part);
    else if (doc.kind === 'group') {
      const isFlat = flat && !doc.broken;
      push(isFlat ? doc.doc : (doc.states?.at(-1) ?? doc.doc), isFlat);
    } else push(doc.doc);
  }
  return false;
}

/** `Array.isArray` does not tell a readonly list from an object. */
const isList = (doc: Doc): doc is readonly Doc[] => Array.isArray(doc);
