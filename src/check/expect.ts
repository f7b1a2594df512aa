import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { type Answer, fieldsOf, shortened } from './answer.ts';
import { BrokenPromise } from './promise.ts';

export type Row = Record<string, unknown> & { id: string };

const row = z.looseObject({ id: z.string() });

/** A value as a person would read it. */
export const shown = (value: unknown) => shortened(JSON.stringify(value) ?? 'nothing');

/** Throws where an answer has another status. */
export function expectStatus(answer: Answer, ...statuses: number[]): Answer {
  if (statuses.includes(answer.status)) return answer;
  const said = answer.error === undefined ? '' : ` ${answer.error.code}: ${answer.error.message}`;
  const details = answer.error?.details === undefined ? '' : ` ${shown(answer.error.details)}`;
  throw new BrokenPromise(
    answer.request,
    `${answer.status}${said}${details}`,
    statuses.join(' or '),
  );
}

/** Throws where a refusal does not complain of exactly these fields. */
export function expectRefusal(answer: Answer, ...fields: string[]): void {
  expectStatus(answer, 422);
  const found = fieldsOf(answer);
  const expected = [...new Set(fields)].sort();
  // An item of a list is named by its place: `tags.0`.
  const named = [
    ...new Set(found.map((field) => (fields.includes(field) ? field : field.split('.')[0]))),
  ];
  if (isDeepStrictEqual(named, expected)) return;
  const details = `details of ${found.join(', ') || 'nothing'}`;
  throw new BrokenPromise(answer.request, details, `details of ${expected.join(', ')}`);
}

/** Throws where two values differ; `what` says of what they are. */
export function expectEqual(
  { request }: Answer,
  what: string,
  found: unknown,
  expected: unknown,
): void {
  if (isDeepStrictEqual(found, expected)) return;
  throw new BrokenPromise(request, `${what} ${shown(found)}`, shown(expected));
}

/** The row of an answer. */
export function rowOf(answer: Answer): Row {
  const read = row.safeParse(answer.data);
  if (read.success) return read.data;
  throw new BrokenPromise(answer.request, `data ${shown(answer.data)}`, 'a row with its id');
}

/** The rows of an answer. */
export function rowsOf(answer: Answer): Row[] {
  expectStatus(answer, 200);
  const read = z.array(row).safeParse(answer.data);
  if (read.success) return read.data;
  throw new BrokenPromise(answer.request, `data ${shown(answer.data)}`, 'a list of rows');
}

/** The value of a header, which has to be there. */
export function headerOf({ request, headers }: Answer, name: string): string {
  const value = headers.get(name);
  if (value !== null) return value;
  throw new BrokenPromise(request, `no ${name}`, `the header ${name}`);
}
