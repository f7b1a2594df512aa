import type { Problem } from './errors.ts';
import { UserError } from './errors.ts';
import type { Field } from './field.ts';
import { fieldsProblems } from './field-collisions.ts';
import { readField } from './field-reading.ts';
import { fieldNameProblems } from './field-rules.ts';
import { isModifier, modifierRow, modifiers } from './modifier-table.ts';
import type { ResourceNames } from './names.ts';
import { findEndpoint, pluralName } from './names.ts';
import { readModifiers } from './read-modifiers.ts';
import { readType } from './read-type.ts';
import type { Rules } from './rules.ts';
import { shellWord } from './shell.ts';
import { typeRow } from './type-table.ts';

export type FieldEntry = [name: string, field: Field];

/** The fields, what is wrong, and examples that work: the fields with obvious corrections. */
type ReadFields = { fields: FieldEntry[]; problems: Problem[]; examples: FieldEntry[] };

const identifier = /^[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*$/;

/** `name:type[:modifier...]`, one text for each field; throws one UserError with all problems. */
export function parseFields(
  texts: readonly string[],
  rules: Rules,
  endpoints: readonly ResourceNames[] = [],
): Record<string, Field> {
  const { fields, problems, examples } = readFields(texts, rules, endpoints);
  if (problems.length === 0) return Object.fromEntries(fields);
  throw new UserError(
    problems,
    ['gen endpoint posts', ...exampleTexts(examples).map(shellWord)].join(' '),
  );
}

/** As parseFields, for callers that collect problems. A ref finds `endpoints` by either name. */
export function readFields(
  texts: readonly string[],
  rules: Rules,
  endpoints: readonly ResourceNames[] = [],
): ReadFields {
  const read = texts.map((text) => readText(text, endpoints, rules));
  const fields = read.flatMap((each) => each.fields);
  const mended = read.flatMap((each) => each.examples);
  const examples: FieldEntry[] = [];
  for (const each of mended) {
    if (fieldsProblems([...examples, each]).length === 0) examples.push(each);
  }
  const problems = [...read.flatMap((each) => each.problems), ...fieldsProblems(mended)];
  return { fields, problems, examples };
}

/** Fields as they are typed, at least one. */
export function exampleTexts(examples: readonly FieldEntry[]): string[] {
  if (examples.length === 0) return ['title:string'];
  return examples.map(([name, field]) => formatField(name, field));
}

/** The text that parses to this field. It is not quoted for a shell. */
export function formatField(name: string, field: Field): string {
  const parts: string[] = [name, field.type];
  const values = new Map<string, unknown>(Object.entries(field));
  const { argument } = typeRow(field.type);
  if (argument !== undefined) parts.push(String(values.get(argument.key)));
  for (const modifier of modifiers) {
    const value = values.get(modifier);
    if (modifier === 'default' && value !== undefined) {
      parts.push(`default=${escapeColons(String(value))}`);
    } else if (value !== undefined) {
      parts.push(value === true ? modifier : `${modifier}=${String(value)}`);
    }
  }
  return parts.join(':');
}

function readText(text: string, endpoints: readonly ResourceNames[], rules: Rules): ReadFields {
  const [typedName = '', ...parts] = segments(text);
  const { type, problem, words } = readType(typedName, parts, endpoints);
  const problems = problem === undefined ? [] : [problem];
  if (type === undefined) {
    const ofName = fieldNameProblems(fieldName(typedName), { type: 'string' }, rules);
    const ofModifiers = readModifiers(typedName, 'string', words).problems;
    return { fields: [], problems: [...problems, ...ofName, ...ofModifiers], examples: [] };
  }
  const key = typeRow(type).argument?.key;
  const [argument] = key === undefined ? [] : words;
  const others = key === undefined ? words : words.slice(1);
  const raw: Record<string, unknown> = { type };
  if (key === 'values') raw.values = argument?.split(',');
  if (key === 'to') raw.to = argument && target(argument, endpoints);
  const camel = fieldName(typedName);
  const name = type === 'ref' ? camel.replace(/(?<=.)Id$/, '') : camel;
  const modified = readModifiers(name, type, others);
  const read = readField(name, { ...raw, ...modified.raw }, rules);
  problems.push(...modified.problems, ...read.problems);
  const { field } = read;
  return {
    fields: field !== undefined && problems.length === 0 ? [[name, field]] : [],
    problems,
    examples: field !== undefined && modified.isMended ? [[name, field]] : [],
  };
}

/** Split at colons, except those that can only belong to a value: `12:30`, `https://x.org:80/`. */
function segments(text: string): string[] {
  const parts: string[] = [];
  for (const part of text.split(':')) {
    const last = parts.at(-1);
    const [modifier = ''] = last?.split('=', 1) ?? [];
    const hasValue = isModifier(modifier) && modifierRow(modifier).value !== undefined;
    if (hasValue && last !== modifier && /^[\d/]/.test(part))
      parts.splice(-1, 1, `${last}:${part}`);
    else parts.push(part);
  }
  return parts;
}

function escapeColons(value: string): string {
  return value.replace(/%(?=3a|25)/gi, '%25').replace(/:(?![\d/])/g, '%3A');
}

/** `placed_at`, `placed-at`, `PLACED_AT` and `PlacedAt` to `placedAt`; anything else stays. */
function fieldName(typed: string): string {
  if (!identifier.test(typed)) return typed;
  const plain = /[a-z]/.test(typed) ? typed : typed.toLowerCase();
  const joined = plain.replace(/[-_](.)/g, (_, letter: string) => letter.toUpperCase());
  return joined.slice(0, 1).toLowerCase() + joined.slice(1);
}

function target(typed: string, endpoints: readonly ResourceNames[]): string {
  if (!identifier.test(typed)) return typed;
  return findEndpoint(typed, endpoints)?.plural ?? (isModifier(typed) ? typed : pluralName(typed));
}
