import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod';

const tokens = z.object({ accessToken: z.string().min(1), refreshToken: z.string().min(1) });
const loggedIn = tokens.extend({ user: z.object({ id: z.uuid(), role: z.string() }) });
const row = z.looseObject({ id: z.uuid() });
const answer = z.object({
  data: z.unknown().optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
});

export type Tokens = z.output<typeof tokens>;
export type Account = Credentials & z.output<typeof loggedIn>;
export type Credentials = { email: string; password: string };
export type Client = ReturnType<typeof createClient>;

type Extra = { token?: string; data?: unknown; headers?: Record<string, string> };

/** Talks to a server as a stranger would, with nothing but HTTP. */
export function createClient(url: string) {
  async function send(method: string, path: string, { token, data, headers }: Extra = {}) {
    const response = await fetch(`${url}/api${path}`, {
      method,
      headers: {
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(data !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(data !== undefined && { body: JSON.stringify({ data }) }),
    });
    const text = await response.text();
    const body = text === '' ? { data: undefined } : answer.parse(JSON.parse(text));
    const { status } = response;
    return { status, headers: response.headers, text, data: body.data, code: body.error?.code };
  }

  return {
    send,
    async register(credentials = newCredentials()): Promise<Account> {
      const { data } = await send('POST', '/auth/register', { data: credentials });
      return { ...credentials, ...loggedIn.parse(data) };
    },
    async logIn(credentials: Credentials): Promise<Account> {
      const { email, password } = credentials;
      const { data } = await send('POST', '/auth/login', { data: { email, password } });
      return { ...credentials, ...loggedIn.parse(data) };
    },
    async create(path: string, token: string, data: unknown): Promise<string> {
      const created = await send('POST', path, { token, data });
      return row.parse(created.data).id;
    },
    async idsOf(path: string, token?: string): Promise<string[]> {
      const { data } = await send('GET', path, token === undefined ? {} : { token });
      return z
        .array(row)
        .parse(data)
        .map(({ id }) => id);
    },
  };
}

export const readTokens = (data: unknown): Tokens => tokens.parse(data);

export const newPassword = () => `Pw-${randomBytes(12).toString('base64url')}`;

export const newCredentials = (): Credentials => ({
  email: `${randomUUID()}@example.com`,
  password: newPassword(),
});
