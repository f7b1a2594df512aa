import type { Resource, ResourceField } from '../resource.ts';
import { type Conversion, conversionOf } from './convert.ts';

/** A field that keeps its column, and how its values are converted. */
export type KeptField = {
  before: ResourceField;
  after: ResourceField;
  conversion: Conversion;
  /** As messages call it: `posts.title`. */
  label: string;
};

/** The changes of the fields of a table. A field that cannot be converted is removed and added. */
export type FieldChanges = {
  table: string;
  plural: string;
  removed: ResourceField[];
  kept: KeptField[];
  added: ResourceField[];
  /** The field to fill a new owner column from: the previous owner field, if it is kept. */
  owners: ResourceField | undefined;
};

/** `renames` holds JSON names of fields, old to new. */
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
    if (!conversion) return [];
    const label = `${after.names.plural}.${successor.name}`;
    return [{ before: field, after: successor, conversion, label }];
  });
  const wasOwner = kept.find((each) => each.before.owner)?.after;
  return {
    table: after.names.table,
    plural: after.names.plural,
    removed: before.fields.filter((field) => !kept.some((each) => each.before === field)),
    kept,
    added: after.fields.filter((field) => !kept.some((each) => each.after === field)),
    owners: wasOwner?.parent?.isAccount ? wasOwner : undefined,
  };
}

/** If the owner field is removed and another one added, it counts as renamed, so rows keep their owner. */
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
