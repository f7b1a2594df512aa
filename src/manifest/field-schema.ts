import * as z from 'zod';
import type { Field } from './field.ts';
import type { Modifier } from './modifier-table.ts';
import { modifierRow } from './modifier-table.ts';
import { once } from './once.ts';
import type { FieldType } from './type-table.ts';
import { fieldTypes, typeRow, usualType } from './type-table.ts';

/**
 * One field of `backend.json`. The schema knows which keys each type has. The error of each key says
 * what was expected, and is shown to the user.
 */
export const fieldSchema = once(() => {
  const others = fieldTypes.filter((type) => type !== usualType);
  const union = z.discriminatedUnion('type', [schemaOf(usualType), ...others.map(schemaOf)]);
  // The type is derived from the same rows.
  const typed: z.ZodType<Field, Record<string, unknown>> = z.any();
  return union.pipe(typed);
});

function schemaOf(type: FieldType) {
  const { says, argument, takes } = typeRow(type);
  const modified = takes.map((modifier) => [modifier, modifierSchema(modifier, type)]);
  return z.strictObject({
    type: z.literal(type).describe(says),
    ...(argument && { [argument.key]: argument.schema(z) }),
    ...Object.fromEntries(modified),
  });
}

function modifierSchema(modifier: Modifier, type: FieldType): z.ZodType {
  return valueSchema(modifier, type).exactOptional().describe(modifierRow(modifier).says);
}

/** Whether it counts items or bounds values depends on `list`; the rules check that. */
function boundSchema(type: FieldType): z.ZodType {
  const { bounds, value, example } = typeRow(type);
  const number = z.number({ error: 'Expected a number, such as 1.' });
  if (bounds !== 'value' || value === undefined) return number;
  const error = `Expected a value such as ${example}; for a list, a number of items.`;
  return z.union([number, value(z)], { error });
}

function valueSchema(modifier: Modifier, type: FieldType): z.ZodType {
  switch (modifier) {
    case 'min':
    case 'max':
      return boundSchema(type);
    case 'default':
      return typeRow(type).value?.(z) ?? z.never();
    default:
      return z.literal(true, { error: 'Expected true, or no such key.' });
  }
}
