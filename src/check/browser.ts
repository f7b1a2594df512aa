import { isObject } from '../manifest/json.ts';
import type { Answer } from './answer.ts';
import { newAccount, type Registry, register } from './callers.ts';
import { expectStatus } from './expect.ts';
import { BrokenPromise, type Check } from './promise.ts';

const name = '__Secure-refresh_token';
const attributes = ['HttpOnly', 'Secure', 'SameSite=Strict'];

/** Pages keep their refresh token in a cookie, and pages of other origins cannot use it. */
export function browserChecks(registry: Registry, url: string): Check[] {
  const { client } = registry;
  const own = { Origin: new URL(url).origin };
  const foreign = { Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' };
  const post = (path: string, cookie: string | undefined, headers: Record<string, string>) =>
    client.send('POST', `/auth/${path}`, {
      headers: { ...(cookie !== undefined && { Cookie: `${name}=${cookie}` }), ...headers },
    });

  /** Logs in a new user as a page does. */
  async function logIn(headers: Record<string, string>): Promise<Answer> {
    const credentials = newAccount();
    await register(registry, credentials);
    const data = { ...credentials, cookie: true };
    return client.send('POST', '/auth/login', { data, headers });
  }

  return [
    {
      about: 'accounts',
      promise: 'a page has its refresh token in a cookie that no script reads',
      async prove() {
        const first = cookieOf(expectStatus(await logIn(own), 200));
        const next = cookieOf(expectStatus(await post('refresh', first, own), 200));
        const answer = expectStatus(await post('logout', next, own), 204);
        if (cookieOf(answer) !== '') throw new BrokenPromise(answer.request, 'a cookie', 'none');
        expectStatus(await post('refresh', next, own), 401);
      },
    },
    {
      about: 'accounts',
      promise: 'a page of another origin gets no cookie, and cannot use one',
      async prove() {
        expectStatus(await logIn(foreign), 403);
        const cookie = cookieOf(expectStatus(await logIn(own), 200));
        for (const headers of [foreign, {}]) {
          expectStatus(await post('refresh', cookie, headers), 403);
          expectStatus(await post('logout', cookie, headers), 403);
        }
        expectStatus(await post('refresh', cookie, own), 200);
      },
    },
  ];
}

/** The refresh token that an answer sets, which must not be in its body as well. */
function cookieOf({ request, headers, data }: Answer): string {
  const line = headers.getSetCookie().find((each) => each.startsWith(`${name}=`));
  const [value, ...found] = line?.split(/; */) ?? [];
  const lower = found.map((each) => each.toLowerCase());
  const missing = attributes.filter((each) => !lower.includes(each.toLowerCase()));
  if (value === undefined || missing.length > 0) {
    throw new BrokenPromise(
      request,
      line?.replace(/=[^;]*/, '=…') ?? 'no cookie',
      `${name}, ${attributes.join(', ')}`,
    );
  }
  if (isObject(data) && 'refreshToken' in data) {
    throw new BrokenPromise(request, 'refreshToken in the body too', 'it in the cookie only');
  }
  return value.slice(name.length + 1).replace(/^"|"$/g, '');
}
