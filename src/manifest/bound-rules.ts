import type { Problem } from './errors.ts';
import type { Field } from './field.ts';
import type { Bound } from './type-row.ts';
import { fieldTypes, typeRow } from './type-table.ts';

/** What is wrong with the `min` and the `max` of a field. */
export function boundProblems(name: string, field: Field): Problem[] {
  if (!('min' in field || 'max' in field)) return [];
  const { type, min, max } = field;
  if (typeRow(type).bounds === undefined && !('list' in field)) {
    const found = `\`${name}\` has a \`${min === undefined ? 'max' : 'min'}\`, but the type ${type} has no size.`;
    const sized = fieldTypes.filter((each) => typeRow(each).bounds !== undefined);
    return [{ found, expected: `Expected it only on lists, and on ${sized.join(', ')}.` }];
  }
  const problems = Object.entries({ min, max }).flatMap(([key, value]) => {
    const expected = value === undefined ? undefined : misfitOf(key, value, field);
    return expected === undefined
      ? []
      : [{ found: `\`${key}\` of \`${name}\` is ${value}.`, expected }];
  });
  if (min !== undefined && max !== undefined && storedBound(field, min) > storedBound(field, max)) {
    const found = `\`${name}\` has the min ${min} and the max ${max}.`;
    problems.push({ found, expected: 'Expected a min that is not greater than the max.' });
  }
  return problems;
}

/** What was expected instead of a bound; undefined where it is fine. */
function misfitOf(key: string, value: Bound, field: Field): string | undefined {
  const { bounds, example } = typeRow(field.type);
  const isList = 'list' in field;
  if (isList || bounds === 'length') {
    const least = key === 'max' ? 1 : 0;
    const isCount = typeof value === 'number' && Number.isSafeInteger(value) && value >= least;
    const what = isList ? 'items' : 'characters';
    return isCount ? undefined : `Expected a whole number of ${what}, ${least} or more.`;
  }
  if (bounds === 'value') {
    return typeof value === 'string' ? undefined : `Expected a value such as ${example}.`;
  }
  const isWhole = field.type !== 'integer' || Number.isSafeInteger(value);
  return isWhole ? undefined : 'Expected a whole number.';
}

/** What is wrong with a value that is outside of the bounds of its field. */
export function outsideProblems(found: string, field: Field, value: Bound): Problem[] {
  if (!('min' in field || 'max' in field)) return [];
  const { bounds } = typeRow(field.type);
  const { min, max } = field;
  const isText = bounds === 'length';
  const size = isText ? [...String(value)].length : comparable(field, value);
  const unit = isText ? ' characters' : '';
  if (min !== undefined && size < storedBound(field, min)) {
    return [{ found, expected: `Expected ${min}${unit} or more, because of its min.` }];
  }
  if (max !== undefined && size > storedBound(field, max)) {
    return [{ found, expected: `Expected ${max}${unit} or less, because of its max.` }];
  }
  return [];
}

const comparable = (field: Field, value: Bound): Bound =>
  typeRow(field.type).bounds === 'value' ? storedBound(field, value) : Number(value);

/** A bound as it is stored, so that bounds compare as the values do. */
export function storedBound({ type }: Pick<Field, 'type'>, bound: Bound): Bound {
  return typeof bound === 'string' ? (typeRow(type).stored?.(bound) ?? bound) : bound;
}
