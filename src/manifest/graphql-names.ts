import { operations } from './choices.ts';
import type { Field } from './field.ts';
import { fieldJsonName } from './field.ts';
import type { Endpoint, Manifest } from './manifest-schema.ts';
import { resourceNames } from './names.ts';
import { rowFields } from './row-fields.ts';

type Asked = Pick<Manifest, 'graphql' | 'endpoints'>;
type WithAccounts = Asked & Pick<Manifest, 'auth' | 'roles'>;

/** Whether an endpoint, one that comes with accounts too, is part of the GraphQL schema. */
export function isInGraphql({ graphql, endpoints }: Asked, plural: string): boolean {
  const endpoint = Object.hasOwn(endpoints, plural) ? endpoints[plural] : undefined;
  const isAsked = endpoint === undefined || (endpoint.graphql !== false && isReached(endpoint));
  return graphql === true && isAsked;
}

/** Whether a query or a mutation is about it: `PUT` has none, and a change needs a field. */
function isReached({ only, fields }: Endpoint): boolean {
  const hasInput = Object.values(fields).some(
    (field) => !('readonly' in field) && !('owner' in field),
  );
  const asked: readonly string[] = only ?? operations;
  return asked.some((operation) => (operation === 'update' ? hasInput : operation !== 'replace'));
}

/** A value of an enum, or the name of a field to sort by: `in-review` is `IN_REVIEW`. */
export function enumMember(value: string): string {
  const words = value
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toUpperCase();
  return /^\d/.test(words) ? `_${words}` : words;
}

/** `publishedAt` to `PublishedAt`. */
export const capitalized = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);

/** The type of an enum field: `PostStatus`. */
export const enumType = (Singular: string, name: string): string =>
  `${Singular}${capitalized(name)}`;

/** The field with the row behind a reference, by its name in JSON: `authorId` is `author`. */
export const referenceName = (name: string): string => name.replace(/Id$/, '');

/**
 * The fields with the rows that refer to a row, by the names of the references in JSON. The owner,
 * else the first reference to an endpoint, has the plain name, so that another one changes no query.
 */
export function backwardNames(
  plural: string,
  references: readonly { name: string; to: string; isOwner: boolean }[],
): Map<string, string> {
  const taken = new Set<string>();
  const ownerFirst = references.toSorted((one, other) => +other.isOwner - +one.isOwner);
  return new Map(
    ownerFirst.map(({ name, to }) => {
      const isFirst = !taken.has(to);
      taken.add(to);
      return [name, isFirst ? plural : `${plural}By${capitalized(referenceName(name))}`];
    }),
  );
}

/** What stands in every schema or comes with accounts, and the scalars of GraphQL itself. */
const common = (
  'Query Mutation Subscription Error PageInfo SortOrder ' +
  'String Int Float Boolean ID DateTime Date Time Decimal JSON ' +
  'UpdateMeInput UpdateMePayload'
).split(' ');

/** The names of all types, each with the endpoint that it belongs to. */
export function typeNames(manifest: Asked): { name: string; plural?: string }[] {
  const own = Object.entries(manifest.endpoints)
    .filter(([plural]) => isInGraphql(manifest, plural))
    .flatMap(([plural, endpoint]) => typesOf(plural, endpoint).map((name) => ({ name, plural })));
  return [...common.map((name) => ({ name })), ...own];
}

function typesOf(plural: string, { singular, fields }: Endpoint): string[] {
  const { Singular } = resourceNames(plural, singular);
  const enums = Object.entries(fields).filter(([, { type }]) => type === 'enum');
  return [
    Singular,
    ...['Connection', 'Edge', 'Filter', 'Sort'].map((part) => Singular + part),
    ...['Create', 'Update'].flatMap((verb) => [
      `${verb}${Singular}Input`,
      `${verb}${Singular}Payload`,
    ]),
    `Delete${Singular}Payload`,
    ...enums.map(([name]) => enumType(Singular, name)),
  ];
}

/** The names of the fields of each type, each with the endpoint that it belongs to. */
export function fieldNames(
  manifest: WithAccounts,
): Map<string, { name: string; plural: string }[]> {
  const names = new Map<string, { name: string; plural: string }[]>();
  const add = (type: string, name: string, plural: string) =>
    names.set(type, [...(names.get(type) ?? []), { name, plural }]);
  for (const [plural, endpoint] of Object.entries(manifest.endpoints)) {
    if (!isInGraphql(manifest, plural)) continue;
    const { only } = endpoint;
    const fields = rowFields(manifest, plural, endpoint);
    const shown = fields.filter(([, field]) => !('private' in field));
    const references = shown.flatMap(([key, field]) =>
      field.type === 'ref' && !field.self && isInGraphql(manifest, field.to)
        ? [{ name: fieldJsonName(key, field), to: field.to, isOwner: field.owner === true }]
        : [],
    );
    for (const [key, field] of shown) add(plural, fieldJsonName(key, field), plural);
    for (const { name } of references) add(plural, referenceName(name), plural);
    if (only !== undefined && !only.includes('list')) continue;
    const backward = backwardNames(plural, references);
    for (const { name, to } of references) add(to, backward.get(name) ?? '', plural);
  }
  return names;
}

/** The members of an enum field that no enum can have, or that two of its values would share. */
export function badMembers(field: Field): { member: string; values: string[] }[] {
  if (field.type !== 'enum') return [];
  const values = new Map<string, string[]>();
  for (const value of field.values) {
    const member = enumMember(value);
    values.set(member, [...(values.get(member) ?? []), value]);
  }
  return [...values]
    .filter(([member, all]) => all.length > 1 || member.startsWith('__'))
    .map(([member, all]) => ({ member, values: all }));
}
