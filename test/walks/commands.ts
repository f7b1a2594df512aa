import { addedFields } from '../../src/manifest/accounts.ts';
import type { Field } from '../../src/manifest/field.ts';
import { formatField } from '../../src/manifest/field-grammar.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { knownRoles } from '../../src/manifest/roles.ts';
import type { Random } from './random.ts';

/** A command as it is typed behind `gen`, word by word. */
export type Command = readonly string[];

const nouns = ['posts', 'authors', 'orders', 'products', 'invoices', 'rooms', 'trips', 'notes'];
/** Names of fields. */
export const words = [
  'title',
  'rank',
  'price',
  'day',
  'state',
  'mail',
  'link',
  'weight',
  'active',
  'memo',
];

const specs = [
  'string',
  'string:max=80:search',
  'string:optional:filter',
  'string:default=none:sort',
  'text:optional:search',
  'integer:min=0:default=0',
  'integer:optional:sort:filter',
  'number:optional',
  'decimal:filter:default=1.50',
  'boolean:default=false:filter',
  'date:optional:filter',
  'datetime:optional:sort',
  'uuid:optional:private',
  'email:optional:unique',
  'url:optional',
  'json:optional',
  'enum:draft,live:default=draft:filter',
  'string:list',
  'string:private:optional',
  'integer:default=1:readonly',
];

/** Fields that only users can have. */
const personal = ['date:optional:self', 'string:max=30:optional:self:unique'];

/** A command that a person could type next, given what the project has; not always one that works. */
export function anyCommand(random: Random, manifest: Manifest): Command {
  const plurals = Object.keys(manifest.endpoints);
  const roles = manifest.auth === 'jwt' ? knownRoles(manifest.roles).names : [];
  if (roles.length > 0 && random.chance(10)) return otherRoles(random, roles);
  if (roles.length > 0 && random.chance(20)) return ofUsers(random, manifest, plurals);
  if (plurals.length === 0 || random.chance(20)) return newEndpoint(random, plurals, roles);
  const plural = random.pick(plurals);
  const fields = Object.entries(manifest.endpoints[plural]?.fields ?? {});
  const [name, field] = random.pick(fields);
  const kind = random.pick([
    ...['add', 'add', 'add', 'change', 'rename', 'remove'],
    ...['call', 'call', 'drop', 'undo'],
  ]);
  switch (kind) {
    case 'add':
      return ['field', 'add', plural, anyField(random, plurals)];
    case 'change':
      return ['field', 'change', plural, changed(random, name, field), '--force'];
    case 'rename':
      return ['field', 'rename', plural, name, `${name}${random.pick(['Text', 'Value', 'Of'])}`];
    case 'remove':
      return ['field', 'remove', plural, name, '--force'];
    case 'call':
      return ['endpoint', 'rename', plural, random.pick(nouns)];
    case 'drop':
      return ['remove', 'endpoint', plural, '--force'];
    default:
      return ['undo', '--force'];
  }
}

/** Users grow as any endpoint does, by their own fields. */
function ofUsers(random: Random, manifest: Manifest, plurals: readonly string[]): Command {
  const { users } = manifest.endpoints;
  const added = users ? addedFields(manifest, 'users', users).map(([name]) => name) : [];
  const more = [
    anyField(random, plurals),
    `${random.pick(words)}:${random.pick(personal)}`,
    'manager:ref:users:optional:filter',
  ];
  const kind = random.pick(['add', 'add', 'endpoint', 'rename', 'remove']);
  if (kind === 'endpoint') return ['endpoint', 'users', random.pick(more), 'email:email:unique'];
  if (kind === 'add' || added.length === 0) return ['field', 'add', 'users', random.pick(more)];
  const name = random.pick(added);
  if (kind === 'remove') return ['field', 'remove', 'users', name, '--force'];
  return ['field', 'rename', 'users', name, `${name}${random.pick(['Text', 'Value'])}`];
}

/** One role more or less, as if `backend.json` was edited and applied. */
function otherRoles(random: Random, roles: readonly string[]): Command {
  const others = ['moderator', 'editor', 'support', 'auditor'];
  const turned = random.pick(others);
  return ['roles', ...others.filter((each) => roles.includes(each) !== (each === turned))];
}

function newEndpoint(
  random: Random,
  plurals: readonly string[],
  roles: readonly string[],
): Command {
  const fields = Array.from({ length: 1 + random.below(4) }, () => anyField(random, plurals));
  const role = roles.length > 0 ? random.pick(roles) : 'user';
  const ofRole = role === 'user' ? 'read=owner' : `read=owner,update=owner|${role},delete=${role}`;
  const access = random.pick(['read=public,update=user', ofRole, '']);
  return [
    'endpoint',
    random.pick(nouns),
    ...new Map(fields.map((field) => [field.split(':')[0], field])).values(),
    ...(roles.length > 0 && random.chance(30) ? ['keeper:ref:users:owner'] : []),
    ...(random.chance(30) ? ['--pagination', 'offset'] : []),
    ...(access !== '' && random.chance(40) ? ['--access', access] : []),
  ];
}

function anyField(random: Random, plurals: readonly string[]): string {
  if (plurals.length > 0 && random.chance(20)) {
    return `${random.pick(['parent', 'origin'])}:ref:${random.pick(plurals)}:optional:filter`;
  }
  return `${random.pick(words)}:${random.pick(specs)}`;
}

/** The field with another option, or as another field altogether. */
function changed(random: Random, name: string, field: Field): string {
  if (field.type === 'ref' || random.chance(40)) return `${name}:${random.pick(specs)}`;
  const typed = formatField(name, field);
  return typed.includes(':optional') ? typed.replace(':optional', '') : `${typed}:optional`;
}
