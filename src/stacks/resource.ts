import { usualAccess } from '../manifest/access.ts';
import { builtInsOf, isAccounts, storedFields } from '../manifest/accounts.ts';
import { storedBound } from '../manifest/bound-rules.ts';
import { leadsTo } from '../manifest/circles.ts';
import type { Field } from '../manifest/field.ts';
import { fieldColumn, fieldJsonName, ownersOf } from '../manifest/field.ts';
import type { Endpoint, Manifest, Operation } from '../manifest/manifest.ts';
import { operations } from '../manifest/manifest.ts';
import type { ResourceNames } from '../manifest/names.ts';
import { resourceNames } from '../manifest/names.ts';
import { type KnownRoles, knownRoles } from '../manifest/roles.ts';
import { rowFields, usualOwner } from '../manifest/row-fields.ts';
import type { Bound } from '../manifest/type-row.ts';
import { type Access, whoMay } from '../manifest/who.ts';

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
  /** Whether only the user themselves and who administers read and write it. */
  self: boolean;
  readonly: boolean;
  /** Whether it says whose the row is. */
  owner: boolean;
  /** Whether it comes with the accounts. */
  isBuiltIn: boolean;
  min: Bound | undefined;
  max: Bound | undefined;
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
  /** The column that says whose each row is, where rules of access ask for that. */
  ownerColumn: string;
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
  /** Whether its rows are the accounts. */
  isAccounts: boolean;
  /** Who may do what; undefined where there are no accounts. */
  access: Access | undefined;
  roles: KnownRoles;
  /** Whose each row is: one of its fields, the last where none was asked for; undefined for nobody's. */
  owner: ResourceField | undefined;
  rateLimit: string | undefined;
};

/** The resource behind a plural name of the manifest, which must have it. */
export function describeResource(manifest: Manifest, plural: string): Resource {
  const endpoint = endpointOf(manifest, plural);
  const ofAccounts = isAccounts(manifest, plural);
  const all = ofAccounts ? storedFields(endpoint) : rowFields(manifest, plural, endpoint);
  const fields = all.map(([name, field]) => describeField(manifest, plural, name, field));
  const isParent = ({ parent }: ResourceField) => parent?.names.plural === endpoint.under;
  return {
    names: resourceNames(plural, endpoint.singular),
    fields,
    operations: new Set(endpoint.only ?? operations),
    pagination: endpoint.pagination,
    under: endpoint.under === undefined ? undefined : fields.find(isParent),
    isAccounts: ofAccounts,
    access: accessOf(manifest, endpoint),
    roles: knownRoles(manifest.roles),
    owner: fields.find(({ owner }) => owner),
    rateLimit: endpoint.rateLimit,
  };
}

function accessOf(manifest: Manifest, endpoint: Endpoint): Access | undefined {
  if (manifest.auth === 'none') return undefined;
  const levels = { ...usualAccess, ...endpoint.access };
  const roles = knownRoles(manifest.roles);
  return {
    read: whoMay('read', levels.read, roles),
    create: whoMay('create', levels.create, roles),
    update: whoMay('update', levels.update, roles),
    delete: whoMay('delete', levels.delete, roles),
  };
}

/** Every resource of a manifest, those of its accounts too, in the order of their names. */
export function describeAll(manifest: Manifest): Resource[] {
  return Object.keys(manifest.endpoints)
    .sort()
    .map((plural) => describeResource(manifest, plural));
}

function endpointOf(manifest: Manifest, plural: string): Endpoint {
  // Asked for each reference, and there may be a thousand endpoints: nothing is copied.
  const has = Object.hasOwn(manifest.endpoints, plural);
  const endpoint = has ? manifest.endpoints[plural] : undefined;
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
    self: false,
    readonly: false,
    owner: false,
    min: undefined,
    max: undefined,
    default: undefined,
  };
  const isOptional = 'optional' in field && field.optional === true;
  const stored = (bound: Bound | undefined) => bound && storedBound(field, bound);
  const described: ResourceField = {
    ...absent,
    ...field,
    min: 'min' in field ? stored(field.min) : undefined,
    max: 'max' in field ? stored(field.max) : undefined,
    name: fieldJsonName(name, field),
    column: fieldColumn(name, field),
    isBuiltIn: Object.hasOwn(builtInsOf(manifest, plural), name),
    circular: isOptional && field.type === 'ref' && isCircular(manifest, plural, field.to),
    onDelete: isOptional ? 'set null' : 'restrict',
    parent: field.type === 'ref' ? describeParent(manifest, field.to, plural) : undefined,
  };
  // The server sets it to whoever makes the row; with the account its rows go.
  return described.owner ? { ...described, readonly: true, onDelete: 'cascade' } : described;
}

/** Sample users go without references, so that any endpoint can make them. */
const isCircular = (manifest: Manifest, plural: string, to: string) =>
  isAccounts(manifest, plural) || leadsTo(plural, to, manifest.endpoints);

function describeParent(manifest: Manifest, to: string, plural: string): Parent {
  const endpoint = endpointOf(manifest, to);
  const [owner = usualOwner[0]] = ownersOf(endpoint.fields);
  const isAccount = isAccounts(manifest, to);
  return {
    names: resourceNames(to, endpoint.singular),
    operations: new Set(endpoint.only ?? operations),
    access: accessOf(manifest, endpoint),
    isSelf: to === plural,
    isAccount,
    ownerColumn: isAccount ? 'id' : fieldColumn(owner, { type: 'ref' }),
  };
}
