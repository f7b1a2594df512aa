import type { Field } from '../spec/field.ts';
import { fieldColumn, fieldJsonName } from '../spec/field.ts';
import type { Endpoint, Manifest, Operation } from '../spec/manifest.ts';
import { operations } from '../spec/manifest.ts';
import type { ResourceNames } from '../spec/names.ts';
import { resourceNames } from '../spec/names.ts';

/** One field with every key of every type, so that renderers need not ask which type has which. */
export type ResourceField = {
  /** As in JSON: `authorId`. */
  name: string;
  /** As in the table: `author_id`. */
  column: string;
  type: Field['type'];
  values: string[];
  list: boolean;
  optional: boolean;
  unique: boolean;
  index: boolean;
  search: boolean;
  filter: boolean;
  sort: boolean;
  private: boolean;
  readonly: boolean;
  min: number | undefined;
  max: number | undefined;
  default: string | number | boolean | undefined;
  /** The resource that a reference points to. */
  parent: Parent | undefined;
};

export type Parent = { names: ResourceNames; operations: ReadonlySet<Operation>; isSelf: boolean };

/** An endpoint with everything that follows from the manifest, the same for every stack. */
export type Resource = {
  names: ResourceNames;
  fields: ResourceField[];
  operations: ReadonlySet<Operation>;
  pagination: Endpoint['pagination'];
  /** The reference that nests it: `/users/:userId/posts`. */
  under: ResourceField | undefined;
};

/** The resource behind a plural name of the manifest, which must have it. */
export function describeResource(manifest: Manifest, plural: string): Resource {
  const endpoint = endpointOf(manifest, plural);
  const fields = Object.entries(endpoint.fields).map(([name, field]) =>
    describeField(manifest, plural, name, field),
  );
  const isParent = ({ parent }: ResourceField) => parent?.names.plural === endpoint.under;
  return {
    names: resourceNames(plural, endpoint.singular),
    fields,
    operations: new Set(endpoint.only ?? operations),
    pagination: endpoint.pagination,
    under: endpoint.under === undefined ? undefined : fields.find(isParent),
  };
}

function endpointOf(manifest: Manifest, plural: string): Endpoint {
  const endpoint = manifest.endpoints[plural];
  if (endpoint === undefined) throw new Error(`the manifest has no endpoint ${plural}`);
  return endpoint;
}

function describeField(
  manifest: Manifest,
  plural: string,
  name: string,
  field: Field,
): ResourceField {
  const absent = {
    values: [],
    list: false,
    optional: false,
    unique: false,
    index: false,
    search: false,
    filter: false,
    sort: false,
    private: false,
    readonly: false,
    min: undefined,
    max: undefined,
    default: undefined,
  };
  return {
    ...absent,
    ...field,
    name: fieldJsonName(name, field),
    column: fieldColumn(name, field),
    parent: field.type === 'ref' ? describeParent(manifest, field.to, plural) : undefined,
  };
}

function describeParent(manifest: Manifest, to: string, plural: string): Parent {
  const endpoint = endpointOf(manifest, to);
  return {
    names: resourceNames(to, endpoint.singular),
    operations: new Set(endpoint.only ?? operations),
    isSelf: to === plural,
  };
}
