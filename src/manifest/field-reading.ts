import type * as z from 'zod';
import type { Problem } from './errors.ts';
import type { Field } from './field.ts';
import { fieldNameProblems, fieldProblems } from './field-rules.ts';
import { fieldSchema } from './field-schema.ts';
import { isObject } from './json.ts';
import type { Modifier } from './modifier-table.ts';
import { isModifier, modifierRow } from './modifier-table.ts';
import { unknownModifier } from './read-modifiers.ts';
import { unknownType } from './read-type.ts';
import type { Rules } from './rules.ts';
import type { FieldType } from './type-table.ts';
import { fieldTypes, typeRow } from './type-table.ts';

type ReadField = { field?: Field; problems: Problem[] };

/** One field from the grammar or from a hand-edited file: typed, or everything that is wrong. */
export function readField(name: string, raw: unknown, rules: Rules): ReadField {
  if (!isObject(raw)) {
    const found = `\`${name}\` is not an object.`;
    return { problems: [{ found, expected: 'Expected an object, such as { "type": "string" }.' }] };
  }
  const type = fieldTypes.find((each) => each === raw.type);
  if (type === undefined) {
    const missing = {
      found: `\`${name}\` has no type.`,
      expected: 'Expected a type, such as "string".',
    };
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

/** What is wrong with the keys that the schema accepted, so that all is reported at once. */
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
  // `readonly` may need a default that was refused: the missing default is not reported as well.
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
    return issue.keys.map((key) =>
      isModifier(key) ? misfit(name, type, key) : unknownModifier(name, key),
    );
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

/** Why a type does not have a modifier. */
function misfit(name: string, type: FieldType, key: Modifier): Problem {
  const found = `\`${name}\` has the type ${type} and cannot have \`${key}\`.`;
  const reason = typeRow(type).misfits?.[key] ?? modifierRow(key).misfit;
  return { found, expected: reason ?? 'Leave it out.' };
}
