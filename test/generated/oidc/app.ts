import { createServer } from 'node:http';
import { listening } from './listen.ts';

/** What the app of a customer does in a browser, as the README of the project says. */
const script = (api: string) => `
const base64url = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

async function newChallenge() {
  const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)));
  sessionStorage.setItem('verifier', verifier);
  return base64url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)));
}

async function post(path, data, token) {
  const headers = { 'Content-Type': 'application/json', ...(token && { Authorization: 'Bearer ' + token }) };
  const response = await fetch('${api}' + path, { method: 'POST', headers, body: JSON.stringify({ data }) });
  return { status: response.status, ...(await response.json()) };
}

async function signIn(provider) {
  location.href = '${api}/auth/oidc/' + provider + '?challenge=' + (await newChallenge());
}

async function link(provider, credentials) {
  const { data } = await post('/auth/login', credentials);
  sessionStorage.setItem('token', data.accessToken);
  const values = { challenge: await newChallenge(), currentPassword: credentials.password };
  const answer = await post('/auth/oidc/' + provider + '/link', values, data.accessToken);
  location.href = answer.data.url;
}

async function end() {
  const told = new URLSearchParams(location.hash.slice(1));
  if (told.has('error')) return [told.get('error')];
  const exchange = { code: told.get('code'), verifier: sessionStorage.getItem('verifier') };
  if (location.pathname === '/linked') {
    return [await post('/me/identities', exchange, sessionStorage.getItem('token'))];
  }
  const first = await post('/auth/oidc/complete', exchange);
  return first.status === 422 ? [first, await post('/auth/oidc/complete', { ...exchange, nick: 'Nick' })] : [first];
}

if (location.pathname !== '/') {
  end().then((answers) => {
    document.body.innerHTML = '<pre id="told"></pre>';
    document.querySelector('#told').textContent = JSON.stringify(answers);
  });
}
`;

/** The app of a customer, on a port of its own. `api` is where its backend is. */
export async function startApp(api: string) {
  const page = `<!doctype html><link rel="icon" href="data:,"><body></body><script>${script(api)}</script>`;
  const server = createServer((_req, res) => {
    res.writeHead(200, { 'Content-Type': 'text/html' }).end(page);
  });
  return listening(server);
}
