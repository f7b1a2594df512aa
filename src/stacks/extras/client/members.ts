import type { Resource, ResourceField } from '../../resource.ts';
import { toLiteral } from '../../typescript/literal.ts';
import type { Member } from './value-types.ts';
import { answered, asked, changed, given, narrowing } from './value-types.ts';

const fixed = (name: string, type: string): Member => ({ name, type, optional: false });
const free = (name: string, type: string): Member => ({ name, type, optional: true });

/** The members of the types of an endpoint; `fields` are those that were asked for. */
export type Members = Record<'row' | 'list' | 'create' | 'replace' | 'patch', Member[]>;

/** What rows and requests of an endpoint have; with mail, users have more. */
export function membersOf(resource: Resource, hasMail: boolean): Members {
  const fields = resource.fields.filter(({ isBuiltIn }) => !isBuiltIn);
  const writable = fields.filter(({ readonly }) => !readonly);
  const accounts = resource.isAccounts ? ofAccounts(hasMail) : none;
  const replaced = (field: ResourceField) => (field.self ? changed(field) : given(field));
  return {
    row: [
      fixed('id', 'Id'),
      ...accounts.row,
      ...fields.filter((field) => !field.private).map(answered),
      fixed('createdAt', 'Moment'),
      fixed('updatedAt', 'Moment'),
    ],
    list: [...accounts.list, ...listed(fields), ...paged(resource.pagination)],
    create: [...accounts.create, ...writable.map(given)],
    replace: [...writable.map(replaced), ...accounts.administered],
    patch: [...writable.map(changed), ...accounts.administered],
  };
}

const none = { row: [], list: [], create: [], administered: [] };

const ofAccounts = (hasMail: boolean) => ({
  row: [
    fixed('email', 'string'),
    fixed('role', 'Role'),
    fixed('disabledAt', 'Moment | null'),
    ...(hasMail ? [fixed('emailVerified', 'boolean')] : []),
  ],
  list: [asked('email', 'string'), asked('role', 'Role')],
  create: [fixed('email', 'string'), fixed('password', 'string'), free('role', 'Role')],
  administered: [free('role', 'Role'), free('disabled', 'boolean')],
});

function listed(fields: readonly ResourceField[]): Member[] {
  const sorted = fields.filter(({ sort }) => sort).map(({ name }) => name);
  return [
    ...narrowing(fields),
    ...(fields.some(({ search }) => search) ? [asked('search', 'string')] : []),
    asked('sortBy', ['createdAt', ...sorted].map(toLiteral).join(' | ')),
    asked('sortOrder', "'asc' | 'desc'"),
  ];
}

const paged = (pagination: Resource['pagination']): Member[] =>
  pagination === 'cursor'
    ? [asked('limit', 'number'), asked('cursor', 'string')]
    : [asked('perPage', 'number'), asked('page', 'number')];

/** What a new user tells of themselves, and what users change of themselves. */
export function profileOf({ fields }: Resource) {
  const writable = fields.filter(({ isBuiltIn, readonly }) => !isBuiltIn && !readonly);
  return {
    given: writable.filter(({ type }) => type !== 'ref').map(given),
    changed: writable.map(changed),
  };
}
