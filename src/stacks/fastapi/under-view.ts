import type { Nesting } from '../endpoint/nesting.ts';
import { toLiteral } from '../python/literal.ts';
import { attributeName } from '../python/names.ts';
import type { Parent, Resource } from '../resource.ts';
import { callerId, ruleView } from './access-view.ts';
import { hidingOf, ownRowsUnless } from './readers.ts';
import type { RefsView } from './refs-view.ts';

/** What the templates name of the routes below one row of a parent. */
export function underView(
  { names, access }: Resource,
  nesting: Nesting,
  { checksNested }: RefsView,
) {
  const { field, parent, list, create, read, add, hides, isOwner } = nesting;
  const { listStranger, createStranger, isByOwner } = nesting;
  const hiding = hidingOf(parent);
  const { Singular, Plural } = names;
  const Parent = parent.names.Singular;
  const query = field.filter ? `List${Plural}Of${Parent}` : `List${Plural}`;
  const schema = isOwner ? `Create${Singular}` : `Create${Singular}Of${Parent}`;
  const attribute = attributeName(field.column);
  const readsOwn = access?.read.isOwner === true;
  const owner = readsOwn ? `, "_owner_id": ${ownRowsUnless(access.read.roles)}` : '';
  const keys = callerId(access, add);
  return {
    ...parent.names,
    name: field.name,
    attribute,
    list: list && {
      ...ruleView(read, access, { isPassed: readsOwn || hides }),
      query,
      scope: `{${toLiteral(attribute)}: ${attribute}${owner}}`,
    },
    create: create && {
      ...ruleView(add, access, {
        isPassed: nesting.createsOwn || hides || checksNested,
        asks: checksNested,
        isKnown: keys !== 'None',
      }),
      ...(isOwner && { errors: '401, 403, ' }),
      callerId: keys,
      asksRefs: checksNested,
      schema,
      values: isOwner ? 'values' : `{**values, ${toLiteral(attribute)}: ${attribute}}`,
    },
    /** Whether the path stands for a filter of lists, and a field of new rows. */
    narrows: list && field.filter,
    narrowsCreate: create && !isOwner,
    isOwner,
    usesAuth: nesting.guardsList || nesting.guardsCreate || checksNested,
    guarded: [...(nesting.guardsList ? ['list'] : []), ...(nesting.guardsCreate ? ['create'] : [])]
      .map(toLiteral)
      .join(', '),
    tests: access === undefined ? 'NestedTests' : 'NestedAccessTests',
    /** The roles that the guard of the route sends away. */
    kept: [
      ...nesting.keptFromList.map((role) => caseOf('list', role)),
      ...nesting.keptFromCreate.map((role) => caseOf('create', role)),
    ].join(', '),
    hides,
    /** Whether the caller may read every parent, where only some roles may. */
    mayRead: hides && !isByOwner ? hiding.mayRead : '',
    /** Whose parents are looked for, where only owners may read them. */
    owner: hides && isByOwner ? `, ${hiding.owner}` : '',
    /** Roles that do not read every parent. */
    hidden: [
      ...(listStranger ? [caseOf('list', listStranger)] : []),
      ...(createStranger ? [caseOf('create', createStranger)] : []),
    ].join(', '),
    own: listStranger && isByOwner ? ownCase(listStranger, parent) : '',
  };
}

const caseOf = (operation: string, role: string) => `(${toLiteral(operation)}, ${toLiteral(role)})`;

/** A role that reads only its own parents, and the attribute that says whose they are. */
const ownCase = (role: string, { isAccount, ownerColumn }: Parent) =>
  `(${toLiteral(role)}, ${toLiteral(isAccount ? '' : attributeName(ownerColumn))})`;
