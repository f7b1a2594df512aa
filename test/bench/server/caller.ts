/** Signs a new user up at the generated server; what comes back is his access token. */
export async function register(url: string): Promise<string> {
  const body = { data: { email: 'bench@example.com', password: 'a long and quiet afternoon' } };
  const { data } = await post(`${url}/api/auth/register`, body);
  if (!(data instanceof Object && 'accessToken' in data)) throw new Error('no token came back');
  return String(data.accessToken);
}

/** Adds a post, as the users of the service would. */
export async function addPost(url: string, token: string, number: number): Promise<void> {
  await post(`${url}/api/posts`, { data: postOf(`Post ${number}`) }, token);
}

export function postOf(title: string) {
  return { title, body: 'So it goes, one line after another. '.repeat(3).trim(), price: '12.50' };
}

async function post(url: string, body: unknown, token?: string): Promise<{ data?: unknown }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(token && { Authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  if (response.status !== 201)
    throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return Object(await response.json());
}
