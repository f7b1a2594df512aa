import type { Resource, ResourceField } from '../resource.ts';
import { type Conversion, conversionOf } from './convert.ts';

/** A field that keeps its column, whose values become what the other type says. */
export type KeptField = { before: ResourceField; after: ResourceField; conversion: Conversion };

/** What becomes of the fields of a table. What cannot be converted is both removed and added. */
export type FieldChanges = {
  table: string;
  removed: ResourceField[];
  kept: KeptField[];
  added: ResourceField[];
  /** What a new column is filled from that says whose a row is: the one that has said so, and stays. */
  owners: ResourceField | undefined;
};

/** `renames` holds the names of fields in JSON, before to after. */
export function compareFields(
  before: Resource,
  after: Resource,
  renames: ReadonlyMap<string, string>,
): FieldChanges {
  const all = withOwner(before, after, renames);
  const taken = new Set(all.values());
  const nameAfter = ({ name }: ResourceField) =>
    all.get(name) ?? (taken.has(name) ? undefined : name);
  const kept = before.fields.flatMap((field) => {
    const name = nameAfter(field);
    const successor = after.fields.find((each) => each.name === name);
    const conversion = successor && conversionOf(field, successor);
    return conversion ? [{ before: field, after: successor, conversion }] : [];
  });
  const wasOwner = kept.find((each) => each.before.owner)?.after;
  return {
    table: after.names.table,
    removed: before.fields.filter((field) => !kept.some((each) => each.before === field)),
    kept,
    added: after.fields.filter((field) => !kept.some((each) => each.after === field)),
    owners: wasOwner?.parent?.isAccount ? wasOwner : undefined,
  };
}

/** Whose a row is stays as it was where the field that says so goes and another one comes for it. */
function withOwner(
  before: Resource,
  after: Resource,
  renames: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const [from, to] = [before.owner?.name, after.owner?.name];
  if (from === undefined || to === undefined || from === to) return renames;
  const names = ({ fields }: Resource) => new Set(fields.map(({ name }) => name));
  const stays = renames.has(from) || names(after).has(from);
  const wasThere = names(before).has(to) || [...renames.values()].includes(to);
  return stays || wasThere ? renames : new Map([...renames, [from, to]]);
}
