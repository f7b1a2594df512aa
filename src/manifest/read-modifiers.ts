import { closest, didYouMean } from './closest.ts';
import type { Problem } from './errors.ts';
import type { Modifier } from './modifier-table.ts';
import { isModifier, modifierRow, modifiers } from './modifier-table.ts';
import type { FieldType } from './type-table.ts';

/** `isMended`: whether `raw` holds what was meant, despite the problems. */
type ReadModifiers = { raw: Record<string, unknown>; problems: Problem[]; isMended: boolean };

/** The modifiers of one field as in `backend.json`; whether they fit the type is checked later. */
export function readModifiers(
  name: string,
  type: FieldType,
  words: readonly string[],
): ReadModifiers {
  const raw: Record<string, unknown> = {};
  const problems: Problem[] = [];
  let isMended = true;
  for (const word of words) {
    const read = readModifier(name, type, word);
    if (read.problem !== undefined) problems.push(read.problem);
    if (read.key === undefined) {
      isMended &&= read.isDropped === true;
    } else if (Object.hasOwn(raw, read.key)) {
      const found = `\`${name}\` has \`${read.key}\` twice.`;
      problems.push({ found, expected: 'Expected it once.' });
      isMended &&= raw[read.key] === read.value;
    } else {
      raw[read.key] = read.value;
    }
  }
  return { raw, problems, isMended };
}

/** The problem of a modifier that does not exist. */
export function unknownModifier(name: string, typed: string): Problem {
  const near = meantModifier(typed);
  const all = `Expected one of: ${modifiers.join(', ')}.`;
  const expected = didYouMean(near, all);
  return { found: `\`${name}\` has the modifier \`${typed}\`, which does not exist.`, expected };
}

type ReadModifier = { key?: Modifier; value?: unknown; problem?: Problem; isDropped?: boolean };

function readModifier(name: string, type: FieldType, word: string): ReadModifier {
  const [typed = '', ...after] = word.split('=');
  const text = after.length === 0 ? undefined : after.join('=');
  if (word === '') {
    const found = `\`${name}\` has nothing after a colon.`;
    return { isDropped: true, problem: { found, expected: 'Expected a modifier there.' } };
  }
  if (typed === 'required') {
    const expected = 'Every field is required unless it is `optional`: leave it out.';
    return { isDropped: true, problem: { found: `\`${name}\` is marked as required.`, expected } };
  }
  const known = isModifier(typed) ? typed : undefined;
  const key = known ?? meantModifier(typed);
  const problem = known === undefined ? unknownModifier(name, typed) : undefined;
  if (key === undefined) return { ...(problem && { problem }) };
  const takesValue = modifierRow(key).value !== undefined;
  if (takesValue && (text === undefined || (text === '' && key !== 'default'))) {
    const expected = `Expected a value after \`=\`, as in ${key}=1.`;
    return { problem: problem ?? { found: `\`${key}\` of \`${name}\` has no value.`, expected } };
  }
  if (!takesValue && text !== undefined) {
    const found = `\`${key}\` of \`${name}\` has the value \`${text}\`.`;
    const refused = { found, expected: `Expected \`${key}\` without a value.` };
    return { problem: problem ?? refused };
  }
  const value = takesValue ? modifierValue(key, type, text ?? '') : true;
  return { key, value, ...(problem && { problem }) };
}

function meantModifier(typed: string): Modifier | undefined {
  const alias = typed.toLowerCase();
  const near = closest(typed, modifiers);
  return modifiers.find((modifier) => modifierRow(modifier).aliases?.includes(alias)) ?? near;
}

/** A text that is not a value of the type stays a text, which the schema refuses. */
function modifierValue(key: Modifier, type: FieldType, text: string): unknown {
  if (key !== 'default') return numberOr(text);
  if (type === 'integer' || type === 'number') return numberOr(text);
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return text.replace(/%(3a|25)/gi, (_, code: string) => (code === '25' ? '%' : ':'));
}

function numberOr(text: string): number | string {
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : text;
}
