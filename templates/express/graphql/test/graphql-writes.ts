import { expect, it } from 'vitest';
import { ask, codesOf } from './graphql.ts';
import { dataOf, type GraphqlEndpoint, inGraphql } from './graphql-endpoint.ts';

const problems = 'errors { field code }';

/** `wrong`: a field, and a value that only its schema refuses. */
export function creates(endpoint: GraphqlEndpoint, wrong?: [field: string, value: unknown]) {
  const { api, type, one, body } = endpoint;
  const query = `mutation ($input: Create${type}Input!, $key: String) {
    create${type}(input: $input, idempotencyKey: $key) { ${one} { id } ${problems} }
  }`;
  const create = async (input: object, key?: string) =>
    (await dataOf(api(), query, { input: inGraphql(endpoint, input), key }))[`create${type}`];

  it('creates a row once for each idempotency key', async () => {
    const input = await body();
    const first = await create(input, 'key-1');
    expect(first).toEqual({ [one]: { id: expect.any(String) }, errors: [] });
    expect(await create(input, 'key-1')).toEqual(first);
  });

  it('refuses a key that no header could hold', async () => {
    const refused = await create(await body(), 'with space');
    expect(refused.errors).toEqual([{ field: 'idempotencyKey', code: 'VALIDATION_ERROR' }]);
  });

  if (!wrong) return;
  it('answers what is wrong with the input in the payload', async () => {
    const [field, value] = wrong;
    const refused = await create({ ...(await body()), [field]: value });
    expect(refused).toEqual({ [one]: null, errors: [{ field, code: 'VALIDATION_ERROR' }] });
  });
}

export function updates({ api, type, one, insert }: GraphqlEndpoint) {
  const query = `mutation ($id: ID!, $seen: DateTime) {
    update${type}(id: $id, input: {}, ifUpdatedAt: $seen) { ${one} { id updatedAt } ${problems} }
  }`;
  it('changes a state once', async () => {
    const { id, updated_at: seen } = await insert();
    const first = await dataOf(api(), query, { id, seen });
    expect(first).toMatchObject({ [`update${type}`]: { [one]: { id }, errors: [] } });
    const second = await dataOf(api(), query, { id, seen });
    const errors = [{ field: 'ifUpdatedAt', code: 'PRECONDITION_FAILED' }];
    expect(second).toEqual({ [`update${type}`]: { [one]: null, errors } });
  });
}

export function removes({ api, type, insert }: GraphqlEndpoint) {
  const query = `mutation ($id: ID!, $seen: DateTime) {
    delete${type}(id: $id, ifUpdatedAt: $seen) { deletedId ${problems} }
  }`;
  it('removes the state that was seen', async () => {
    const { id, updated_at: seen } = await insert();
    const other = await dataOf(api(), query, { id, seen: '2020-01-01T00:00:00Z' });
    const errors = [{ field: 'ifUpdatedAt', code: 'PRECONDITION_FAILED' }];
    expect(other).toEqual({ [`delete${type}`]: { deletedId: null, errors } });
    const removed = await dataOf(api(), query, { id, seen });
    expect(removed).toEqual({ [`delete${type}`]: { deletedId: id, errors: [] } });
    expect(codesOf(await ask(api(), query, { id }))).toEqual(['NOT_FOUND']);
  });
}
