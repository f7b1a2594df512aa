import { expect, it } from 'vitest';
import type { Role } from '../src/auth/guards.ts';
import { type Endpoint, has } from './endpoint.ts';
import { fieldsOf } from './rows.ts';

type Creation = {
  /** A role that cannot read every row. */
  role: Role;
  /** Stores a row that the caller cannot read. */
  insert(): Promise<{ id: string }>;
  /** All fields that are refused then, if there are several. */
  refused?: string[];
  /** Stores a row that the caller can read, and returns its id. */
  own?: () => Promise<string>;
  /** Whether no token is needed to create a row without such a reference. */
  isOpen?: boolean;
};

/** The `field` of a new row may only refer to rows that the caller can read. */
export function createsWithReadable({ api, url, body }: Endpoint, field: string, how: Creation) {
  const { role, insert, refused = [field], own, isOpen = false } = how;

  it(`creates nothing that refers by ${field} to a row that the caller may not read`, async () => {
    const other = await insert();
    await api().signIn(role);
    const sample = await body();
    const known = await api().post(url, { ...sample, [field]: other.id });
    expect([known.status, fieldsOf(known.body)]).toEqual([422, refused]);
    const unknown = await api().post(url, { ...sample, [field]: crypto.randomUUID() });
    expect(known.body.error).toEqual(unknown.body.error);
    if (own) {
      const answer = await api().post(url, { ...sample, [field]: await own() });
      expect(answer.status).toBe(201);
    }
    if (isOpen) {
      api().signOut();
      const answer = await api().post(url, { ...sample, [field]: other.id });
      expect(answer.status).toBe(401);
    }
  });
}

type Change = {
  role: Role;
  insert(): Promise<{ id: string }>;
  /** The column with the owner of a row, if only the owner can change it. */
  ownerColumn?: string;
};

/** The same for rows that exist. */
export function changesToReadable(endpoint: Endpoint, field: string, how: Change) {
  const { api, url, body } = endpoint;
  const { role, insert, ownerColumn } = how;

  it(`changes ${field} to no row that the caller may not read`, async () => {
    const other = await insert();
    const caller = await api().signIn(role);
    const { id } = await endpoint.insert(ownerColumn ? { [ownerColumn]: caller.id } : {});
    const path = `${url}/${id}`;
    if (has(endpoint, 'update')) {
      const known = await api().patch(path, { [field]: other.id });
      expect([known.status, fieldsOf(known.body)]).toEqual([422, [field]]);
      const unknown = await api().patch(path, { [field]: crypto.randomUUID() });
      expect(known.body.error).toEqual(unknown.body.error);
    }
    if (has(endpoint, 'replace')) {
      const replaced = await api().put(path, { ...(await body()), [field]: other.id });
      expect(replaced.status).toBe(422);
      expect(fieldsOf(replaced.body)).toContain(field);
    }
  });
}
