import { expect, it } from 'vitest';
import type { Endpoint } from './endpoint.ts';
import { fieldsOf, idsOf, without } from './rows.ts';

/** The routes of an endpoint below one row of its parent. */
export type Nested = Endpoint & {
  /** The field and the column that refer to the parent. */
  field: string;
  column: string;
  below(id: string): string;
  insertParent(values?: object): Promise<{ id: string }>;
};

export const unknownId = '00000000-0000-7000-8000-000000000000';

/** The request body that creates a row there. The path names the parent. */
export const bodyBelow = async ({ body, field }: Nested) => without(await body(), field);

export function listsBelow({ api, column, below, insert, insertParent }: Nested) {
  it('lists only what belongs to it', async () => {
    const parent = await insertParent();
    const mine = await insert({ [column]: parent.id });
    await insert();
    const answer = await api().get(below(parent.id));
    expect(answer.status).toBe(200);
    expect(idsOf(answer.body.data)).toEqual([mine.id]);
    expect((await api().get(below(unknownId))).status).toBe(404);
  });
}

/** `parentId` is the id of a parent below which the caller can create rows. */
export function createsBelow(nested: Nested, parentId?: () => string) {
  const { api, field, below, insertParent, body } = nested;

  it('creates what belongs to it', async () => {
    const id = parentId?.() ?? (await insertParent()).id;
    const sample = await bodyBelow(nested);
    const answer = await api().post(below(id), sample);
    expect(answer.status).toBe(201);
    expect(answer.body.data[field]).toBe(id);
    expect((await api().post(below(unknownId), sample)).status).toBe(404);
  });

  it('refuses another parent in the body', async () => {
    const { id } = await insertParent();
    const answer = await api().post(below(id), { ...(await body()), [field]: id });
    expect(answer.status).toBe(422);
    expect(fieldsOf(answer.body)).toEqual([field]);
  });
}
