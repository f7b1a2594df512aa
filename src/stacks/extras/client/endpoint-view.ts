import { capabilities } from '../../endpoint/capabilities.ts';
import { nestingOf } from '../../endpoint/nesting.ts';
import type { Resource } from '../../resource.ts';
import { membersOf } from './members.ts';
import type { Member } from './value-types.ts';

/** A type with these members. */
export type NamedType = { name: string; members: Member[] };

/** What the client has for an endpoint: its calls, and the types of what they take and answer. */
export function endpointView(resource: Resource, rowName: string, hasMail: boolean) {
  const { Singular, Plural } = resource.names;
  const can = capabilities(resource);
  const members = membersOf(resource, hasMail);
  const nesting = nestingOf(resource);
  const Parent = nesting?.parent.names.Singular ?? '';
  const without = (all: Member[]) => all.filter(({ name }) => name !== nesting?.field.name);
  // The path takes the place of a filter, and of a field of new rows.
  const isNarrower = nesting?.list === true && nesting.field.filter;
  const isSmaller = nesting?.create === true && !nesting.isOwner;
  const [list, create] = [`List${Plural}`, `Create${Singular}`];
  const names = {
    row: rowName,
    list,
    create,
    replace: `Replace${Singular}`,
    patch: `Patch${Singular}`,
    listUnder: isNarrower ? `${list}Of${Parent}` : list,
    createUnder: isSmaller ? `${create}Of${Parent}` : create,
  };
  const types: (NamedType | false)[] = [
    { name: names.row, members: members.row },
    can.create && { name: create, members: members.create },
    can.replace && { name: names.replace, members: members.replace },
    can.update && { name: names.patch, members: members.patch },
    can.list && { name: list, members: members.list },
    isSmaller && { name: names.createUnder, members: without(members.create) },
    isNarrower && { name: names.listUnder, members: without(members.list) },
  ];
  return {
    ...resource.names,
    can,
    names,
    types: types.filter((type) => type !== false),
    isAccounts: resource.isAccounts,
    pages: resource.pagination === 'cursor' ? 'byCursor' : 'byNumber',
    under: nesting !== undefined && {
      ...nesting.parent.names,
      name: nesting.field.name,
      list: nesting.list,
      create: nesting.create,
    },
  };
}
