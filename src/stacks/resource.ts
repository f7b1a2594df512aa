import type { Access } from '../spec/access.ts';
import { isOwned, usualAccess } from '../spec/access.ts';
import { builtInEndpoints } from '../spec/accounts.ts';
import { leadsTo } from '../spec/circles.ts';
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
  /** Optional, and leads back here, maybe by way of others: a sample row goes without it. */
  circular: boolean;
  /** What becomes of the row when the one that it refers to is deleted. */
  onDelete: 'restrict' | 'set null' | 'cascade';
};

export type Parent = {
  names: ResourceNames;
  operations: ReadonlySet<Operation>;
  access: Access | undefined;
  isSelf: boolean;
  /** Whether its rows are the accounts themselves: each belongs to who signs in with it. */
  isAccount: boolean;
};

/** An endpoint with everything that follows from the manifest, the same for every stack. */
export type Resource = {
  names: ResourceNames;
  fields: ResourceField[];
  operations: ReadonlySet<Operation>;
  pagination: Endpoint['pagination'];
  /** The reference that nests it: `/users/:userId/posts`. */
  under: ResourceField | undefined;
  /** Who may do what; undefined where there are no accounts. */
  access: Access | undefined;
  /** Whether each row has an owner, in the last of its fields. */
  isOwned: boolean;
  rateLimit: string | undefined;
};

/** The resource behind a plural name of the manifest, which must have it. */
export function describeResource(manifest: Manifest, plural: string): Resource {
  const endpoint = endpointOf(manifest, plural);
  const fields = Object.entries(endpoint.fields).map(([name, field]) =>
    describeField(manifest, plural, name, field),
  );
  const access = accessOf(manifest, endpoint);
  const hasOwner = access !== undefined && isOwned(access);
  const isParent = ({ parent }: ResourceField) => parent?.names.plural === endpoint.under;
  return {
    names: resourceNames(plural, endpoint.singular),
    fields: hasOwner ? [...fields, ownerField(manifest, plural)] : fields,
    operations: new Set(endpoint.only ?? operations),
    pagination: endpoint.pagination,
    under: endpoint.under === undefined ? undefined : fields.find(isParent),
    access,
    isOwned: hasOwner,
    rateLimit: endpoint.rateLimit,
  };
}

function accessOf({ auth }: Manifest, endpoint: Endpoint): Access | undefined {
  return auth === 'jwt' ? { ...usualAccess, ...endpoint.access } : undefined;
}

function endpointOf(manifest: Manifest, plural: string): Endpoint {
  // Asked for each reference, and there may be a thousand endpoints: nothing is copied.
  const all = Object.hasOwn(manifest.endpoints, plural)
    ? manifest.endpoints
    : builtInEndpoints(manifest.auth);
  const endpoint = all[plural];
  if (endpoint === undefined) throw new Error(`the manifest has no endpoint ${plural}`);
  return endpoint;
}

/** The server sets it to whoever makes the row; with the account its rows go. */
function ownerField(manifest: Manifest, plural: string): ResourceField {
  const field = describeField(manifest, plural, 'owner', { type: 'ref', to: 'users' });
  return { ...field, readonly: true, onDelete: 'cascade' };
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
  const isOptional = 'optional' in field && field.optional === true;
  return {
    ...absent,
    ...field,
    name: fieldJsonName(name, field),
    column: fieldColumn(name, field),
    circular: isOptional && field.type === 'ref' && leadsTo(plural, field.to, manifest.endpoints),
    onDelete: isOptional ? 'set null' : 'restrict',
    parent: field.type === 'ref' ? describeParent(manifest, field.to, plural) : undefined,
  };
}

function describeParent(manifest: Manifest, to: string, plural: string): Parent {
  const endpoint = endpointOf(manifest, to);
  return {
    names: resourceNames(to, endpoint.singular),
    operations: new Set(endpoint.only ?? operations),
    access: accessOf(manifest, endpoint),
    isSelf: to === plural,
    isAccount: Object.hasOwn(builtInEndpoints(manifest.auth), to),
  };
}
