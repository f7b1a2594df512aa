import type { Manifest } from '../../manifest/manifest.ts';
import { manifestIn, nameNow } from '../../manifest/old-versions.ts';
import { maxLength } from '../../manifest/sizes.ts';
import type { Bound } from '../../manifest/type-row.ts';
import { typeRow } from '../../manifest/type-table.ts';
import { describeResource, type Resource, type ResourceField } from '../resource.ts';

/** A field of an old version, and the field of now that holds its value. */
export type FieldPair = { old: ResourceField; now: ResourceField };

/** An endpoint in an old version, beside the same endpoint of now. */
export type ShapeDifference = {
  /** As the old version has it; filters and the like only where the endpoint still has them. */
  old: Resource;
  now: Resource;
  pairs: FieldPair[];
  /** Fields of the old version without a field of now, and the other way round. */
  gone: ResourceField[];
  added: ResourceField[];
};

/** How an endpoint differs in an old version that has it in another shape. */
export function shapeDifference(
  manifest: Manifest,
  version: string,
  plural: string,
): ShapeDifference {
  const { [version]: { endpoints = {} } = {} } = manifest.versions ?? {};
  const [frozen, endpoint] = [endpoints[plural], manifest.endpoints[plural]];
  if (frozen === undefined || endpoint === undefined) {
    throw new Error(`${plural} is the same in ${version}`);
  }
  const now = describeResource(manifest, plural);
  const old = describeResource(manifestIn(manifest, version), plural);
  const keys = new Map(
    Object.keys(frozen.fields).map((key) => [jsonKey(frozen.fields, key), key] as const),
  );
  const partnerOf = ({ name }: ResourceField): ResourceField | undefined => {
    const key = keys.get(name);
    // The owner of a row may be a field that no one asked for.
    const known = key === undefined ? name : nameNow(frozen, endpoint, key);
    return now.fields.find((field) => field.name === known);
  };
  const fields = old.fields.map((field) => servable(field, partnerOf(field)));
  const pairs = fields.flatMap((field): FieldPair[] => {
    const partner = partnerOf(field);
    const fits = partner !== undefined && isConvertible(field, partner);
    return fits ? [{ old: field, now: partner }] : [];
  });
  const paired = new Set(pairs.map((pair) => pair.now));
  const pairedOld = new Set(pairs.map((pair) => pair.old));
  return {
    old: { ...old, fields, under: pairs.find((pair) => pair.now.name === now.under?.name)?.old },
    now,
    pairs,
    gone: fields.filter((field) => !pairedOld.has(field)),
    added: now.fields.filter((field) => !paired.has(field)),
  };
}

const texts = ['string', 'text'];
const ids = ['uuid', 'ref'];
const numbers = ['integer', 'number', 'decimal'];

/** Whether every value of now can be shown as the old type, and sent values may be right for now. */
export function isConvertible(old: ResourceField, now: ResourceField): boolean {
  if (old.list !== now.list) return false;
  if (old.type === now.type) return true;
  if (texts.includes(old.type)) return !['json', 'boolean'].includes(now.type);
  if (ids.includes(old.type)) return ids.includes(now.type);
  if (old.type === 'enum') return texts.includes(now.type);
  if (old.type === 'integer') return false;
  return numbers.includes(old.type) && numbers.includes(now.type);
}

const jsonKey = (fields: Readonly<Record<string, { type: string }>>, key: string) =>
  fields[key]?.type === 'ref' ? `${key}Id` : key;

/** The field with only those filters and orders that the table still serves. */
function servable(field: ResourceField, now: ResourceField | undefined): ResourceField {
  const isSame = now !== undefined && now.type === field.type && now.list === field.list;
  const values = now?.values ?? [];
  const isKnown = isSame && field.values.every((value) => values.includes(value));
  return {
    ...field,
    filter: field.filter && isKnown && now.filter,
    sort: field.sort && isSame && now.sort,
    search: field.search && isSame && now.search,
  };
}

/** A value that a field of an old version shows where there is none: it need not be unique. */
export function shownValueOf(field: ResourceField): AnyValue {
  if (field.type === 'ref') return field.optional ? { value: null } : { value: noId };
  return (
    anyValueOf({ ...field, unique: false, min: field.list ? undefined : field.min }) ?? {
      value: '',
    }
  );
}

const noId = '00000000-0000-0000-0000-000000000000';

/**
 * A value for a field where the other version has none: its default, null, or the least that its
 * rules take. Undefined where none can be made up, as for what must be unique.
 */
export function anyValueOf(field: ResourceField): AnyValue | undefined {
  if (field.default !== undefined) return { value: stored(field, field.default) };
  if (field.optional) return { value: null };
  if (field.unique || (field.list && Number(field.min ?? 0) > 0)) return undefined;
  if (field.list) return { value: [] };
  return anyItem(field);
}

type AnyValue = { value: Bound | boolean | null | readonly [] | Record<string, never> };

const stored = ({ type }: ResourceField, value: Bound | boolean) =>
  typeof value === 'string' ? (typeRow(type).stored?.(value) ?? value) : value;

function anyItem(field: ResourceField): AnyValue | undefined {
  if (field.type === 'json') return { value: {} };
  const { bounds, isFree, nothing } = typeRow(field.type);
  const value = field.values[0] ?? nothing;
  if (value === undefined) return undefined;
  const least = Number(field.min ?? 0);
  if (isFree) return { value: String(value).repeat(Math.max(least, 1)) };
  if (bounds === 'length') {
    const { length } = String(value);
    return length >= least && length <= maxLength(field) ? { value } : undefined;
  }
  if (typeof value === 'boolean') return { value };
  const nearest = between(value, field);
  // An exact number is a text in JSON.
  return { value: field.type === 'decimal' ? String(nearest) : stored(field, nearest) };
}

function between(value: Bound, { min, max }: ResourceField): Bound {
  if (min !== undefined && value < min) return min;
  return max !== undefined && value > max ? max : value;
}

/** The fields that a row must have, and for which an old version has no value when it creates one. */
export function unfilledFields(manifest: Manifest, version: string, plural: string): string[] {
  const { added, pairs, now } = shapeDifference(manifest, version, plural);
  if (!now.operations.has('create')) return [];
  const unsent = pairs.filter(({ old }) => old.readonly).map((pair) => pair.now);
  return [...added, ...unsent]
    .filter((field) => !field.readonly && !field.optional && field.default === undefined)
    .filter((field) => anyValueOf(field) === undefined)
    .map(({ name }) => name);
}
