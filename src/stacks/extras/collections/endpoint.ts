import type { Operation } from '../../../manifest/manifest.ts';
import { open } from '../../../manifest/who.ts';
import { whoMayDo } from '../../places.ts';
import type { ResourceField } from '../../resource.ts';
import { type Expected, hasForm, hasValues, readBody, type Value } from './answer.ts';
import { fieldValue } from './body.ts';
import { expectedOf, isReadable, type Reach } from './reach.ts';
import { type Line, needs, notFor } from './script.ts';

/** What the requests of one endpoint have in common. */
export type Endpoint = ReturnType<typeof describeEndpoint>;

export function describeEndpoint(basePath: string, reach: Reach, all: ReadonlyMap<string, Reach>) {
  const { resource, made } = reach;
  const { names, fields } = resource;
  const { singular } = names;
  const writable = fields.filter(({ readonly }) => !readonly);
  const own = writable.filter(({ parent }) => parent === undefined);
  const variableOf = ({ parent }: ResourceField) => all.get(parent?.names.plural ?? '');
  const refs = Object.fromEntries(
    reach.refs.map((field): [string, Value] => [
      field.name,
      { variable: variableOf(field)?.known ?? '', isNumber: false },
    ]),
  );
  /** A whole row, another one for each count. */
  const rowOf = (count: number): Record<string, Value> => ({
    ...Object.fromEntries(own.map((field) => [field.name, fieldValue(singular, field, count)])),
    ...refs,
  });
  const self = fields.find(
    ({ parent, readonly, unique }) => parent?.isSelf && !readonly && !unique,
  );
  const hidden = fields.filter((field) => field.private).map(({ name }) => name);
  /** Only rows that their requests can make, and so what they need before. */
  const needsRefs: Line[] = [
    ...reach.refs.flatMap((field) => {
      const parent = variableOf(field);
      return parent === undefined || parent.isCertain ? [] : [needs(parent.known)];
    }),
    ...(reach.unable.length > 0 ? [notFor(reach.unable)] : []),
  ];
  return {
    reach,
    resource,
    own,
    /** What refers to another row of the same endpoint. */
    self: reach.isSingle ? undefined : self,
    rowOf,
    needsRefs,
    collection: `${basePath}/${names.path}`,
    member: `${basePath}/${names.path}/{{${made}}}`,
    tag: `${singular}Tag`,
    needsRow: reach.isCertain ? [] : [needs(made)],
    /** The whole of an answer with a row. */
    row: (values: Readonly<Record<string, Value>>): Line[] => [
      readBody,
      hasForm,
      hasValues(
        Object.fromEntries(Object.entries(values).filter(([name]) => !hidden.includes(name))),
        hidden,
      ),
    ],
    expected: (operation: Operation, ...statuses: number[]): Expected =>
      expectedOf(resource, whoMayDo(resource, operation), statuses),
    parentOf: variableOf,
  };
}

export const childName = ({ resource }: Endpoint): string => `${resource.names.singular}ChildId`;
export const nestedName = ({ resource }: Endpoint): string => `${resource.names.singular}NestedId`;

/** The path below a parent, and what is needed before. */
export function nesting(endpoint: Endpoint, basePath: string) {
  const { resource, parentOf } = endpoint;
  const { under, names, access = open } = resource;
  const parent = under && parentOf(under);
  if (under?.parent === undefined || parent === undefined) return undefined;
  const strangers = access.create.enters.filter((role) => !isReadable(under.parent, role));
  return {
    under,
    path: `${basePath}/${parent.resource.names.path}/{{${parent.known}}}/${names.path}`,
    human: parent.resource.names.humanPlural,
    needs: [
      ...(parent.isCertain ? [] : [needs(parent.known)]),
      ...(strangers.length > 0 ? [notFor(strangers)] : []),
    ],
  };
}
