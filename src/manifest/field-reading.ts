import type * as z from 'zod';
import type { Problem } from './errors.ts';
import type { Field, FieldType } from './field.ts';
import { fieldTypes, modifiers } from './field.ts';
import { unknownModifier } from './field-modifiers.ts';
import { fieldNameProblems, fieldProblems } from './field-rules.ts';
import { fieldSchema } from './field-schema.ts';
import { unknownType } from './field-types.ts';
import { isObject } from './json.ts';
import type { Rules } from './rules.ts';

type ReadField = { field?: Field; problems: Problem[] };

/** One field from the grammar or from a hand-edited file: typed, or everything that is wrong. */
export function readField(name: string, raw: unknown, rules: Rules): ReadField {
  if (!isObject(raw)) {
    const found = `\`${name}\` is not an object.`;
    return { problems: [{ found, expected: 'Expected one, such as { "type": "string" }.' }] };
  }
  const type = fieldTypes.find((each) => each === raw.type);
  if (type === undefined) {
    const missing = { found: `\`${name}\` has no type.`, expected: 'Expected "type": "string".' };
    const problem = typeof raw.type === 'string' ? unknownType(name, raw.type) : missing;
    return { problems: [problem, ...fieldNameProblems(name, { type: 'string' }, rules)] };
  }
  const parsed = fieldSchema().safeParse(raw);
  if (parsed.success) {
    const problems = fieldProblems(name, parsed.data, rules);
    return problems.length === 0 ? { field: parsed.data, problems } : { problems };
  }
  const { issues } = parsed.error;
  const problems = issues.flatMap((issue) => issueProblems(name, type, raw, issue));
  return { problems: [...problems, ...remainingProblems(name, type, raw, issues, rules)] };
}

/** What the rules say to the keys that the schema let pass, so that nothing is mended twice. */
function remainingProblems(
  name: string,
  type: FieldType,
  raw: Record<string, unknown>,
  issues: z.core.$ZodIssue[],
  rules: Rules,
): Problem[] {
  const refused = new Set(
    issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' ? issue.keys : issue.path.slice(0, 1).map(String),
    ),
  );
  const entries = Object.entries(raw).filter(([key]) => !refused.has(key));
  // `readonly` may lean on a default that was refused: it is not refused for lack of one as well.
  const rest = Object.fromEntries(entries.filter(([key]) => !(key === 'readonly' && refused.size)));
  const parsed = fieldSchema().safeParse(rest);
  return parsed.success
    ? fieldProblems(name, parsed.data, rules)
    : fieldNameProblems(name, { type }, rules);
}

function issueProblems(
  name: string,
  type: FieldType,
  raw: Record<string, unknown>,
  issue: z.core.$ZodIssue,
): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const isModifier = modifiers.some((modifier) => modifier === key);
      return isModifier ? misfit(name, type, key) : unknownModifier(name, key);
    });
  }
  const [key = '', place] = issue.path;
  const whole = raw[String(key)];
  const value = Array.isArray(whole) && typeof place === 'number' ? whole[place] : whole;
  if (value === undefined || (Array.isArray(value) && value.length === 0)) {
    const missing = key === 'to' ? 'endpoint to refer to' : `\`${String(key)}\``;
    return [{ found: `\`${name}\` has no ${missing}.`, expected: issue.message }];
  }
  const label = labels[String(key)] ?? `\`${String(key)}\``;
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  const found = `${label} of \`${name}\` is ${shown === '' ? 'empty' : `\`${shown}\``}.`;
  return [{ found, expected: issue.message }];
}

const labels: Readonly<Record<string, string>> = { to: 'The endpoint', values: 'A value' };

/** Why a modifier that exists does not go with a type. */
function misfit(name: string, type: FieldType, key: string): Problem {
  const found = `\`${name}\` has the type ${type} and cannot have \`${key}\`.`;
  return { found, expected: reasons[`${key} ${type}`] ?? reasons[key] ?? 'Leave it out.' };
}

const reasons: Readonly<Record<string, string>> = {
  'default json': 'Expected `optional` instead.',
  'default ref': 'Which rows exist is not known yet: expected `optional` instead.',
  'filter json': 'What is inside of it cannot be compared: leave `filter` out.',
  'filter text': 'A long text is not compared as a whole: expected `search` instead.',
  'list json': 'A json field can hold a list already: leave `list` out.',
  'list ref': 'Expected an endpoint of its own for many-to-many, with a ref to either side.',
  'sort json': 'What is inside of it has no order: leave `sort` out.',
  'sort ref': 'The order of ids says nothing: leave `sort` out.',
  'sort text':
    'Pages are asked for in a URL, which such values are too long for: expected a string.',
  'sort uuid': 'The order of ids says nothing: leave `sort` out.',
  'unique boolean': 'There could be two rows at most: leave `unique` out.',
  'unique text': 'Such values are too long for an index: expected a string.',
  'index text': 'Such values are too long for an index: expected a string.',
  owner: 'Only a ref to users says whose a row is, as in author:ref:users:owner.',
  max: 'Only text, numbers and lists have a size: leave `max` out.',
  min: 'Only text, numbers and lists have a size: leave `min` out.',
  search: 'Only string, text, email and url are searched: leave `search` out.',
};
