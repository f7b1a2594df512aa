import type { Operation } from './document.ts';

/** What is found of an operation: of the part of it that `at` names, and that is called `subject`. */
type Found = { at: string; subject: string; what: string };

/** One way to break clients by a change of an operation beside its schemas. */
export type OperationRule = {
  name: string;
  /** Whom it breaks. */
  whom: string;
  find(before: Operation, after: Operation): Found[];
};

export const operationRules: readonly OperationRule[] = [
  {
    name: 'access-narrowed',
    whom: 'callers without it',
    find: (before, after) =>
      isNarrowed(before.security, after.security)
        ? [{ at: 'access', subject: 'the call', what: `needs ${waysOf(after)} now` }]
        : [],
  },
  {
    name: 'parameter-removed',
    whom: 'clients that send it',
    find: ({ parameters }, after) =>
      parameters
        .filter((each) => each.in !== 'path' && !parameterOf(after, each))
        .map((each) => ({ ...ofParameter(each), what: 'is not taken any more' })),
  },
  {
    name: 'parameter-required',
    whom: 'clients that leave it out',
    find: (before, { parameters }) =>
      parameters
        .filter((each) => each.in !== 'path' && each.required)
        .filter((each) => !parameterOf(before, each)?.required)
        .map((each) => ({ ...ofParameter(each), what: 'is required now' })),
  },
  {
    name: 'body-required',
    whom: 'clients that send none',
    find: ({ body: before }, { body: after }) =>
      after?.required && !before?.required ? [{ ...ofBody, what: 'is required now' }] : [],
  },
  {
    name: 'body-type-removed',
    whom: 'clients that send it',
    find: ({ body: before }, { body: after }) =>
      missingIn(before?.content, after?.content).map((type) => ({
        ...ofBody,
        what: `is not taken as ${type} any more`,
      })),
  },
  {
    name: 'answer-removed',
    whom: 'clients that wait for it',
    find: ({ answers: before }, { answers: after }) =>
      missingIn(before, after)
        .filter(isSuccess)
        .map((status) => ({ at: status, subject: status, what: 'is not answered any more' })),
  },
  {
    name: 'answer-type-removed',
    whom: 'clients that read it',
    find: (before, after) =>
      commonAnswers(before, after).flatMap(([status, { content }, { content: other }]) =>
        missingIn(content, other).map((type) => ({
          ...{ at: status, subject: status },
          what: `is not ${type} any more`,
        })),
      ),
  },
  {
    name: 'answer-header-removed',
    whom: 'clients that read it',
    find: (before, after) =>
      commonAnswers(before, after).flatMap(([status, { headers }, { headers: other }]) =>
        [...headers]
          .filter(([name, { required }]) => required && !other.get(name)?.required)
          .map(([name]) => ({ ...ofHeader(status, name), what: 'is not always sent any more' })),
      ),
  },
];

export const ofBody = { at: 'body', subject: 'the body' };

const ofHeader = (status: string, name: string) => ({ at: `${status} ${name}`, subject: name });

const missingIn = (
  one: ReadonlyMap<string, unknown> | undefined,
  other: ReadonlyMap<string, unknown> | undefined,
) => [...(one?.keys() ?? [])].filter((key) => !other?.has(key));

/** Clients do not rely on being refused. */
const isSuccess = (status: string) => /^[23]/.test(status);

/** What both give for the same success. */
export function commonAnswers(before: Operation, after: Operation) {
  return [...before.answers].flatMap(([status, answer]) => {
    const other = after.answers.get(status);
    return other && isSuccess(status) ? [[status, answer, other] as const] : [];
  });
}

type Named = { in: string; name: string };

export const parameterOf = ({ parameters }: Operation, { in: place, name }: Named) =>
  parameters.find((each) => each.in === place && each.name === name);

export const ofParameter = ({ in: place, name }: Named) => ({
  at: `${place} ${name}`,
  subject: name,
});

type Ways = Operation['security'];
type Way = Ways[number];

/** Whether somebody who was let in by one of the ways is let in by none now. */
function isNarrowed(before: Ways, after: Ways): boolean {
  if (isOpen(after)) return false;
  return isOpen(before) || !before.every((way) => after.some((other) => isLetIn(way, other)));
}

const isOpen = (ways: Ways) =>
  ways.length === 0 || ways.some((way) => Object.keys(way).length === 0);

/** Whether all who come by one way are let in by the other, where one of its roles is enough. */
function isLetIn(way: Way, other: Way): boolean {
  return Object.entries(other).every(([scheme, roles]) => {
    const held = way[scheme];
    if (held === undefined || roles.length === 0) return held !== undefined;
    return held.length > 0 && held.every((role) => roles.includes(role));
  });
}

/** Ways as people read them: `bearer (admin, editor) or cookie`. */
const waysOf = ({ security }: Operation) =>
  security
    .map((way) =>
      Object.entries(way)
        .map(([scheme, roles]) => [scheme, ...(roles.length > 0 ? [`(${roles.join(', ')})`] : [])])
        .map((words) => words.join(' '))
        .join(' and '),
    )
    .join(' or ');
