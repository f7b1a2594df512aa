import { compareSchemas, type Found } from './compare-schemas.ts';
import type { Api, Content, Operation, RawSchema } from './document.ts';
import {
  commonAnswers,
  ofBody,
  ofParameter,
  operationRules,
  parameterOf,
} from './operation-rules.ts';
import type { Direction } from './shape-rules.ts';

/** A change that breaks clients: what it does where, and to whom. */
export type Break = Found & { method: string; path: string };

/** Every change between two states of an API that breaks clients, in the order of the earlier one. */
export function breaksOf(before: Api, after: Api): Break[] {
  return [...before].flatMap(([key, operation]) => {
    const now = after.get(key);
    const { method, path } = operation;
    const found = now ? [...beside(operation, now), ...ofSchemas(operation, now)] : [removed];
    return found.map((each) => ({ method, path, ...each }));
  });
}

const removed: Found = {
  rule: 'operation-removed',
  subject: 'the call',
  what: 'is not answered any more',
  whom: 'all clients that make it',
  at: '',
};

const beside = (before: Operation, after: Operation): Found[] =>
  operationRules.flatMap(({ name, whom, find }) =>
    find(before, after).map((found) => ({ rule: name, whom, ...found })),
  );

function ofSchemas(before: Operation, after: Operation): Found[] {
  type Part = { at: string; subject: string; direction: Direction };
  const ofSchema = (one: RawSchema, other: RawSchema, { at, subject, direction }: Part) =>
    compareSchemas({ before: one, after: other }, { before, after, direction }, subject).map(
      (found) => ({
        ...found,
        at: [at, found.at].filter(Boolean).join(' '),
      }),
    );
  const ofContent = (one: Content, other: Content, part: Part) =>
    [...one].flatMap(([type, schema]) =>
      other.has(type) ? ofSchema(schema, other.get(type), part) : [],
    );
  const parameters = before.parameters.flatMap((each) => {
    const other = parameterOf(after, each);
    if (other === undefined) return [];
    return ofSchema(each.schema, other.schema, { ...ofParameter(each), direction: 'request' });
  });
  const bodies = ofContent(before.body?.content ?? new Map(), after.body?.content ?? new Map(), {
    ...ofBody,
    direction: 'request',
  });
  const answers = commonAnswers(before, after).flatMap(([status, one, other]) =>
    ofContent(one.content, other.content, { at: status, subject: status, direction: 'answer' }),
  );
  return [...parameters, ...bodies, ...answers];
}
