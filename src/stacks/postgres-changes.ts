import { type Conversion, conversionOf } from './postgres-convert.ts';
import type { Resource, ResourceField } from './resource.ts';

/** A field that keeps its column, whose values become what the other type says. */
export type KeptField = { before: ResourceField; after: ResourceField; conversion: Conversion };

/** What becomes of the fields of a table. What cannot be converted is both removed and added. */
export type FieldChanges = {
  table: string;
  removed: ResourceField[];
  kept: KeptField[];
  added: ResourceField[];
};

/** `renames` holds the names of fields in JSON, before to after. */
export function compareFields(
  before: Resource,
  after: Resource,
  renames: ReadonlyMap<string, string>,
): FieldChanges {
  const taken = new Set(renames.values());
  const nameAfter = ({ name }: ResourceField) =>
    renames.get(name) ?? (taken.has(name) ? undefined : name);
  const kept = before.fields.flatMap((field) => {
    const name = nameAfter(field);
    const successor = after.fields.find((each) => each.name === name);
    const conversion = successor && conversionOf(field, successor);
    return conversion ? [{ before: field, after: successor, conversion }] : [];
  });
  return {
    table: after.names.table,
    removed: before.fields.filter((field) => !kept.some((each) => each.before === field)),
    kept,
    added: after.fields.filter((field) => !kept.some((each) => each.after === field)),
  };
}
