import { expect, it } from 'vitest';
import { newCredentials } from '../accounts/client.ts';
import type { World } from './world.ts';

const createUser = `mutation ($input: CreateUserInput!) {
  createUser(input: $input) { user { id email displayName createdAt } errors { field message } }
}`;

/** The example of the practices: users, their posts, payloads with errors, and who calls. */
export function practised(world: () => World): void {
  const asAdmin = async (query: string, variables = {}) => {
    const { data, errors } = await world().ask(query, variables, world().tokenOf('admin'));
    expect(errors).toEqual([]);
    return data;
  };

  it('creates, reads, changes and deletes a user', async () => {
    const input = { ...newCredentials(), displayName: 'Ada' };
    const { email, displayName } = input;
    const created = await asAdmin(createUser, { input });
    expect(created).toEqual({
      createUser: {
        user: { id: expect.any(String), email, displayName, createdAt: expect.any(String) },
        errors: [],
      },
    });
    const { accessToken, user } = await world().rest.logIn(input);
    const me = await world().ask('{ me { id displayName } }', {}, accessToken);
    expect(me.data).toEqual({ me: { id: user.id, displayName } });

    const update = `mutation ($id: ID!) {
      updateUser(id: $id, input: { displayName: "Countess" }) { user { displayName } errors { field } }
    }`;
    expect(await asAdmin(update, { id: user.id })).toEqual({
      updateUser: { user: { displayName: 'Countess' }, errors: [] },
    });
    const remove = 'mutation ($id: ID!) { deleteUser(id: $id) { deletedId errors { field } } }';
    expect(await asAdmin(remove, { id: user.id })).toEqual({
      deleteUser: { deletedId: user.id, errors: [] },
    });
    const gone = await world().ask('{ me { id } }', {}, accessToken);
    expect(gone.status).toBe(401);
  });

  it('tells in the payload all that is wrong with a new user', async () => {
    const input = { email: 'no address', password: 'short', displayName: 'x'.repeat(81) };
    const refused = await asAdmin(createUser, { input });
    const errors = ['displayName', 'email', 'password'].map((field) => {
      return expect.objectContaining({ field, message: expect.any(String) });
    });
    expect(refused).toEqual({
      createUser: { user: null, errors: expect.arrayContaining(errors) },
    });
  });

  it('reads users with their posts, by `limit` and `cursor`', async () => {
    const query = `query ($cursor: String) {
      users(limit: 2, cursor: $cursor, sortOrder: ASC) {
        edges { node { id email posts(limit: 10) { edges { node { title author { id } } } } } cursor }
        pageInfo { hasNextPage endCursor }
      }
    }`;
    const seen: string[] = [];
    let cursor: unknown;
    for (;;) {
      const { users } = (await asAdmin(query, { cursor })) as Users;
      for (const { node } of users.edges) {
        seen.push(node.id);
        for (const post of node.posts.edges) expect(post.node.author).toEqual({ id: node.id });
      }
      if (!users.pageInfo.hasNextPage) break;
      cursor = users.pageInfo.endCursor;
    }
    const token = world().tokenOf('admin');
    expect(seen).toEqual(await world().rest.idsOf('/users?limit=100&sortOrder=asc', token));
  });

  it('tells strangers that they have to sign in, and nothing else', async () => {
    for (const query of ['{ me { id } }', '{ users { edges { node { id } } } }']) {
      const { data, errors } = await world().ask(query);
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
      expect([null, JSON.stringify({ me: null })]).toContain(data && JSON.stringify(data));
    }
  });
}

type Users = {
  users: {
    edges: { node: { id: string; posts: { edges: { node: { author: object } }[] } } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};
