export type GraphqlError = { message: string; path?: unknown[]; extensions: { code: string } };
export type Answer = {
  status: number;
  text: string;
  data: Record<string, unknown> | null | undefined;
  errors: GraphqlError[];
};

export type Ask = (
  query: string,
  variables?: Record<string, unknown>,
  token?: string,
) => Promise<Answer>;

/** Asks `/graphql` of a server, as whoever a token belongs to. */
export const askFrom =
  (url: string): Ask =>
  async (query, variables = {}, token) => {
    const response = await fetch(`${url}/api/graphql`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    const { data, errors = [] } = JSON.parse(text);
    return { status: response.status, text, data, errors };
  };
