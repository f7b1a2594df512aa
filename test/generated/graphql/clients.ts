import { ApolloClient, gql as apolloGql, HttpLink, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { Client, fetchExchange, gql as urqlGql } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { expect, it } from 'vitest';
import type { World } from './world.ts';

type Page = {
  posts: {
    edges: { node: { id: string; title: string } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

const document = `query Posts($after: String) {
  posts(first: 3, after: $after, sortBy: TITLE, sortOrder: ASC) {
    edges { node { id title } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

const titlesOf = (page: Page | undefined | null) => page?.posts.edges.map(({ node }) => node.title);

/** The clients that people use, each with its own helper for pages of Relay. */
export function pagedByClients(world: () => World): void {
  const expected = async (): Promise<unknown[]> => {
    const path = '/posts?limit=100&sortBy=title&sortOrder=asc';
    const { data } = await world().rest.send('GET', path);
    if (!Array.isArray(data)) throw new Error('expected a list');
    return data.map(({ title }: { title: string }) => title);
  };

  it('Apollo Client pages with relayStylePagination', async () => {
    const posts = relayStylePagination(['sortBy', 'sortOrder']);
    const client = new ApolloClient({
      link: new HttpLink({ uri: `${world().url}/api/graphql` }),
      cache: new InMemoryCache({ typePolicies: { Query: { fields: { posts } } } }),
    });
    const query = apolloGql(document);
    const watched = client.watchQuery<Page>({ query });
    const subscription = watched.subscribe(() => {});
    const first = await client.query<Page>({ query });
    expect(titlesOf(first.data)).toHaveLength(3);
    let last = first.data?.posts.pageInfo;
    while (last?.hasNextPage) {
      const { data } = await watched.fetchMore({ variables: { after: last.endCursor } });
      last = data?.posts.pageInfo;
    }
    expect(titlesOf(client.readQuery<Page>({ query }))).toEqual(await expected());
    subscription.unsubscribe();
    client.stop();
  });

  it('urql pages with relayPagination', async () => {
    const client = new Client({
      url: `${world().url}/api/graphql`,
      preferGetMethod: false,
      exchanges: [
        cacheExchange({ resolvers: { Query: { posts: relayPagination() } } }),
        fetchExchange,
      ],
    });
    const query = urqlGql<Page, { after?: string | null }>(document);
    let page = await client.query(query, {}).toPromise();
    expect(page.error).toBeUndefined();
    expect(titlesOf(page.data)).toHaveLength(3);
    while (page.data?.posts.pageInfo.hasNextPage) {
      const after = page.data.posts.pageInfo.endCursor;
      page = await client.query(query, { after }).toPromise();
    }
    expect(titlesOf(page.data)).toEqual(await expected());
  });
}
