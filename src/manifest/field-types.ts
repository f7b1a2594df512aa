import { closest } from './closest.ts';
import type { Problem } from './errors.ts';
import type { FieldType } from './field.ts';
import { fieldTypes, modifiers } from './field.ts';
import type { ResourceNames } from './names.ts';
import { findEndpoint } from './names.ts';

/** The type of a field and the words after it; `problem` may come with the type that was meant. */
type ReadType = { type?: FieldType; problem?: Problem; words: string[] };

/** What other tools call a type. */
const aliases: ReadonlyMap<string, FieldType> = new Map([
  ['belongsto', 'ref'],
  ['bigint', 'integer'],
  ['bool', 'boolean'],
  ['char', 'string'],
  ['double', 'number'],
  ['float', 'number'],
  ['foreign', 'ref'],
  ['int', 'integer'],
  ['link', 'url'],
  ['mail', 'email'],
  ['money', 'decimal'],
  ['numeric', 'decimal'],
  ['object', 'json'],
  ['real', 'number'],
  ['references', 'ref'],
  ['relation', 'ref'],
  ['str', 'string'],
  ['timestamp', 'datetime'],
  ['timestamptz', 'datetime'],
  ['varchar', 'string'],
]);

/** The type among the parts behind the name: nothing there means `string`. */
export function readType(
  name: string,
  parts: readonly string[],
  endpoints: readonly ResourceNames[],
): ReadType {
  const [typed, ...words] = parts;
  if (typed === undefined) return { type: 'string', words };
  const type = fieldTypes.find((each) => each === typed);
  if (type !== undefined) return { type, words };
  if (typed === '') {
    const found = `\`${name}\` has nothing behind a colon.`;
    return { type: 'string', words, problem: { found, expected: 'Expected a type there.' } };
  }
  const modifier = modifiers.find((each) => each === typed.split('=')[0]);
  if (modifier !== undefined) {
    const found = `\`${name}\` has the modifier \`${modifier}\` where its type should be.`;
    const type = modifier === 'owner' ? 'ref:users' : 'string';
    const expected = `Expected the type before it, as in \`${name}:${type}:${typed}\`.`;
    return { type: 'string', words: [...parts], problem: { found, expected } };
  }
  if (typed.includes(',')) return meant(name, parts, 'enum');
  if (findEndpoint(typed, endpoints) !== undefined) return meant(name, parts, 'ref');
  const problem = unknownType(name, typed);
  const near = meantType(typed);
  return near === undefined ? { words, problem } : { type: near, words, problem };
}

/** The refusal of a type that does not exist. */
export function unknownType(name: string, typed: string): Problem {
  const near = meantType(typed);
  const all = `Expected one of: ${fieldTypes.join(', ')}.`;
  const expected = near === undefined ? all : `Did you mean \`${near}\`?`;
  return { found: `\`${name}\` has the type \`${typed}\`, which does not exist.`, expected };
}

function meant(name: string, parts: readonly string[], type: FieldType): ReadType {
  const [typed = ''] = parts;
  const found = `\`${name}\` has the type \`${typed}\`, which does not exist.`;
  const expected = `Did you mean \`${name}:${type}:${typed}\`?`;
  return { type, words: [...parts], problem: { found, expected } };
}

function meantType(typed: string): FieldType | undefined {
  const near = closest(typed, fieldTypes);
  return aliases.get(typed.toLowerCase()) ?? fieldTypes.find((type) => type === near);
}
