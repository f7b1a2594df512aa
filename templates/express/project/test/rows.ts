import { createHash } from 'node:crypto';
import type { Api } from './api.ts';

type Row = { id: string };

export const idsOf = (rows: Row[]) => rows.map(({ id }) => id);

/** The fields that an error names, in alphabetical order, nested ones by their first part. */
export function fieldsOf(body: { error: { details: { field: string }[] } }): string[] {
  const names = body.error.details.map(({ field }) => field.replace(/\..*/, ''));
  return [...new Set(names)].sort();
}

export function without<T extends object>(row: T, ...names: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));
}

/** The ids of a list, read to its end in pages of two. */
export async function walk(api: Api, path: string): Promise<string[]> {
  const ids: string[] = [];
  let page = `${path}&limit=2`;
  for (let count = 0; count < 100; count += 1) {
    const { status, body } = await api.get(page);
    if (status !== 200) throw new Error(`${page} answered ${status}: ${JSON.stringify(body)}`);
    ids.push(...idsOf(body.data));
    if (body.meta.nextCursor === null) return ids;
    page = `${path}&limit=2&cursor=${body.meta.nextCursor}`;
  }
  throw new Error(`${path} does not end`);
}

/** The same for a list with numbered pages. */
export async function walkPages(api: Api, path: string): Promise<string[]> {
  const ids: string[] = [];
  for (let page = 1; page <= 100; page += 1) {
    const { status, body } = await api.get(`${path}&perPage=2&page=${page}`);
    if (status !== 200) throw new Error(`page ${page} answered ${status}: ${JSON.stringify(body)}`);
    ids.push(...idsOf(body.data));
    if (page >= body.meta.totalPages) return ids;
  }
  throw new Error(`${path} does not end`);
}

/** A forged cursor, as anybody who knows the code could make it: for this list, with another value. */
export function forgeCursor(cursor: string, list: object, ...values: unknown[]): string {
  const read = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  const [value = read.value] = values;
  const seal = createHash('sha256').update(JSON.stringify([list, value, read.id]));
  const forged = { value, id: read.id, seal: seal.digest('base64url') };
  return Buffer.from(JSON.stringify(forged)).toString('base64url');
}

export type Match = (value: unknown, wanted: unknown) => boolean;

/** Dates and times are sent in a form that sorts as text in the right order. */
const sizeOf = (value: unknown) => (Number.isNaN(Number(value)) ? String(value) : Number(value));

/** The filters of a list. */
export const equals: Match = (value, wanted) => value === wanted;
export const includes: Match = (value, wanted) => Array.isArray(value) && value.includes(wanted);
export const atLeast: Match = (value, wanted) => sizeOf(value) >= sizeOf(wanted);
export const atMost: Match = (value, wanted) => sizeOf(value) <= sizeOf(wanted);
export const firstOf = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value);
