import { closest, didYouMean } from './closest.ts';
import type { Problem } from './errors.ts';
import { isModifier } from './modifier-table.ts';
import type { ResourceNames } from './names.ts';
import { findEndpoint } from './names.ts';
import type { FieldType } from './type-table.ts';
import { fieldTypes, isFieldType, typeRow, usualType } from './type-table.ts';

/** The type of a field and the words after it; `problem` may come with the type that was meant. */
type ReadType = { type?: FieldType; problem?: Problem; words: string[] };

/** The type among the parts after the name: without any it is `string`. */
export function readType(
  name: string,
  parts: readonly string[],
  endpoints: readonly ResourceNames[],
): ReadType {
  const [typed, ...words] = parts;
  if (typed === undefined) return { type: usualType, words };
  if (isFieldType(typed)) return { type: typed, words };
  if (typed === '') {
    const found = `\`${name}\` has nothing after a colon.`;
    return { type: usualType, words, problem: { found, expected: 'Expected a type there.' } };
  }
  const [modifier = ''] = typed.split('=');
  if (isModifier(modifier)) {
    const found = `\`${name}\` has the modifier \`${modifier}\` where its type should be.`;
    const type = modifier === 'owner' ? 'ref:users' : 'string';
    const expected = `Expected the type before it, as in \`${name}:${type}:${typed}\`.`;
    return { type: usualType, words: [...parts], problem: { found, expected } };
  }
  if (typed.includes(',')) return meant(name, parts, 'enum');
  if (findEndpoint(typed, endpoints) !== undefined) return meant(name, parts, 'ref');
  const problem = unknownType(name, typed);
  const near = meantType(typed);
  return near === undefined ? { words, problem } : { type: near, words, problem };
}

/** The problem of a type that does not exist. */
export function unknownType(name: string, typed: string): Problem {
  const near = meantType(typed);
  const all = `Expected one of: ${fieldTypes.join(', ')}.`;
  const expected = didYouMean(near, all);
  return { found: `\`${name}\` has the type \`${typed}\`, which does not exist.`, expected };
}

function meant(name: string, parts: readonly string[], type: FieldType): ReadType {
  const [typed = ''] = parts;
  const found = `\`${name}\` has the type \`${typed}\`, which does not exist.`;
  const expected = didYouMean(`${name}:${type}:${typed}`, '');
  return { type, words: [...parts], problem: { found, expected } };
}

function meantType(typed: string): FieldType | undefined {
  const alias = typed.toLowerCase();
  const near = closest(typed, fieldTypes);
  return fieldTypes.find((type) => typeRow(type).aliases?.includes(alias)) ?? near;
}
