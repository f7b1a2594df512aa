import * as z from 'zod';
import type { Field } from './field.ts';
import type { Modifier } from './modifier-table.ts';
import { modifierRow } from './modifier-table.ts';
import { once } from './once.ts';
import type { FieldType } from './type-table.ts';
import { fieldTypes, typeRow, usualType } from './type-table.ts';

/**
 * One field, as `backend.json` holds it. Which keys fit which type is part of the schema. The error
 * of each key says what was expected: it is what the person reads.
 */
export const fieldSchema = once(() => {
  const others = fieldTypes.filter((type) => type !== usualType);
  const union = z.discriminatedUnion('type', [schemaOf(usualType), ...others.map(schemaOf)]);
  // The type is made from the same rows.
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

function valueSchema(modifier: Modifier, type: FieldType): z.ZodType {
  switch (modifier) {
    case 'min':
    case 'max':
      return z.number({ error: 'Expected a number, such as 1.' });
    case 'default':
      return typeRow(type).value?.(z) ?? z.never();
    default:
      return z.literal(true, { error: 'Expected true, or the key left out.' });
  }
}
