import { closest, didYouMean } from './closest.ts';
import { unknownEndpoint } from './endpoint-rules.ts';
import type { Problem } from './errors.ts';
import type { Endpoint, Operation } from './manifest.ts';
import { operations, paginations } from './manifest.ts';
import type { ResourceNames } from './names.ts';
import { findEndpoint } from './names.ts';

/** `near` is what was probably meant, if something is wrong. */
type Read<T> = { value?: T; problems: Problem[]; near?: string | undefined };

/** What other tools call an operation. */
const aliases: ReadonlyMap<string, Operation> = new Map([
  ['destroy', 'delete'],
  ['edit', 'update'],
  ['index', 'list'],
  ['patch', 'update'],
  ['post', 'create'],
  ['put', 'replace'],
  ['read', 'get'],
  ['remove', 'delete'],
  ['show', 'get'],
]);

/** The operations in a text such as `list,get`. */
export function readOnly(text: string | undefined): Read<Operation[]> {
  if (text === undefined) return { problems: [] };
  const typed = text.split(',').map((word) => word.trim());
  const value = typed.flatMap((word) => operations.find((operation) => operation === word) ?? []);
  if (typed.every((word) => word === '')) {
    const found = '`--only` has no operation.';
    return { problems: [{ found, expected: `Expected some of: ${operations.join(', ')}.` }] };
  }
  const unknown = typed.filter((word) => operations.every((operation) => operation !== word));
  const meant = typed.map((word) => (unknown.includes(word) ? nearOperation(word) : word));
  const near = meant.includes(undefined) ? undefined : meant.join(',');
  return { ...(value.length > 0 && { value }), problems: unknown.map(unknownOperation), near };
}

/** The kind of pagination. */
export function readPagination(text: string | undefined): Read<Endpoint['pagination']> {
  if (text === undefined) return { problems: [] };
  const value = paginations.find((pagination) => pagination === text);
  if (value !== undefined) return { value, problems: [] };
  const near = closest(text, paginations);
  const expected = didYouMean(near, 'Expected cursor or offset.');
  return { problems: [{ found: `There is no pagination \`${text}\`.`, expected }], near };
}

/** The parent under which an endpoint stands. */
export function readUnder(
  text: string | undefined,
  others: readonly ResourceNames[],
  own: ResourceNames,
): Read<ResourceNames> {
  if (text === undefined) return { problems: [] };
  const value = findEndpoint(text, others);
  if (value !== undefined) return { value, problems: [] };
  if (findEndpoint(text, [own]) !== undefined) {
    const found = `\`${own.plural}\` cannot be under itself.`;
    return { problems: [{ found, expected: 'Expected another endpoint after `--under`.' }] };
  }
  const plurals = others.map(({ plural }) => plural);
  const problem = unknownEndpoint(`There is no endpoint \`${text}\`.`, text, plurals);
  return { problems: [problem], near: closest(text, plurals) };
}

const nearOperation = (word: string) =>
  aliases.get(word.toLowerCase()) ?? closest(word, operations);

function unknownOperation(word: string): Problem {
  const near = nearOperation(word);
  const all = `Expected some of: ${operations.join(', ')}.`;
  const expected = didYouMean(near, all);
  return { found: `There is no operation \`${word}\`.`, expected };
}
