import type { Tokens } from './client.ts';
import { forgedPage } from './fuzz-cursors.ts';
import { conditions, type Headers, oddHeaders, someOf, usualHeaders } from './fuzz-headers.ts';
import { mutate, oddStrings, oddValues, type Pick } from './fuzz-values.ts';

export type FuzzRequest = {
  method: string;
  path: string;
  headers: Headers;
  body: string | undefined;
};

/** What requests are made of: who sends them, which rows there are, what must not be told. */
export type Known = {
  sessions: Tokens[];
  passwords: string[];
  emails: string[];
  ids: string[];
  /** The paths of rows. */
  rows: string[];
};

/** Not the ways out: whoever is sent away is refused all the rest. */
const paths = [
  '/api/articles',
  '/api/notes',
  '/api/gadgets',
  '/api/notices',
  '/api/me',
  '/api/me/sessions',
  '/api/users',
  '/api/auth/login',
  '/api/auth/register',
  '/api/auth/refresh',
  '/api/me/password',
  '/openapi.json',
  '/health',
  '/ready',
  '/docs',
];
/** What the server gives to everybody, files among them. */
const served = [
  ...['/openapi.json', '/health', '/ready', '/docs', '/docs/', '/docs/start.js'],
  ...['/docs/swagger-ui.css', '/docs/swagger-ui-bundle.js', '/docs/favicon-32x32.png'],
];
export const isFile = (path: string) => path.startsWith('/docs/');
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND'];
const names = [
  ...['limit', 'cursor', 'page', 'perPage', 'sortBy', 'sortOrder', 'search', 'pinned', 'kind'],
  ...['price', 'minPrice', 'maxPrice', 'minAt', 'day', 'tags', 'token', 'limit[]', '__proto__', ''],
];

const bodies: [path: string, body: (pick: Pick, known: Known) => Record<string, unknown>][] = [
  ['/api/articles', () => ({ title: 'A title', body: 'A body' })],
  ['/api/notes', () => ({ text: 'A text', pinned: true })],
  [
    '/api/gadgets',
    (pick) => ({
      ...{
        code: pick([pick.word(), 'taken']),
        price: '1.50',
        count: 3,
        day: '2026-01-31',
        kind: 'a',
        extra: {},
      },
      ...{ at: '2026-01-31T12:00:00Z', tags: ['x'], pin: pick(oddStrings), noteId: null },
    }),
  ],
  [
    '/api/auth/login',
    (pick, { emails, passwords }) => ({ email: pick(emails), password: pick(passwords) }),
  ],
  [
    '/api/auth/register',
    (pick, { passwords }) => ({ email: pick(['a@b', 'x']), password: pick(passwords) }),
  ],
  [
    '/api/auth/refresh',
    (pick, { sessions }) => ({ refreshToken: `${pick(sessions).refreshToken}x` }),
  ],
  [
    '/api/me/password',
    (pick, { passwords }) => ({
      currentPassword: `${pick(passwords)}?`,
      newPassword: pick(passwords),
    }),
  ],
];

/** A request that is right but for something, or for much. */
export function anyRequest(pick: Pick, known: Known): FuzzRequest {
  const makers = [writing, writing, reading, reading, paging, astray, looking];
  const { method, path, body, ...more } = pick(makers)(pick, known);
  const odd = { ...oddHeaders(pick, known), ...more.headers };
  const headers = { ...usualHeaders(pick, known, body), ...odd };
  return { method, path, headers, body };
}

type Core = Omit<FuzzRequest, 'headers'> & Partial<FuzzRequest>;

function writing(pick: Pick, known: Known): Core {
  // A hash of a password is slow on purpose: rows are asked for more often.
  const [collection, make] = pick(pick.chance(0.85) ? bodies.slice(0, 3) : bodies);
  const data = make(pick, known);
  for (let count = pick([0, 1, 1, 2, 3]); count > 0; count -= 1) {
    const name = pick([...Object.keys(data), 'nonsense', 'constructor', 'ownerId', 'id', 'role']);
    if (pick.chance(0.2)) delete data[name];
    else data[name] = pick.chance(0.2) ? [pick(oddValues), pick(oddValues)] : pick(oddValues);
  }
  const text = JSON.stringify(pick.chance(0.95) ? { data } : pick([data, [data], null, 'x']));
  const onRow = pick.chance(0.3) && known.rows.some((row) => row.startsWith(collection));
  return {
    method: onRow ? pick(['PUT', 'PATCH', 'POST']) : pick(['POST', 'POST', 'POST', 'PATCH']),
    path: onRow ? pick(known.rows.filter((row) => row.startsWith(collection))) : collection,
    body: pick.chance(0.2) ? mutate(text, pick) : text,
  };
}

function reading(pick: Pick, { ids, sessions }: Known): Core {
  const base = pick(paths.slice(0, 7));
  const pairs = Array.from({ length: pick([0, 1, 1, 2, 3]) }, () => {
    const name = pick(names);
    const value = name === 'token' ? pick(sessions).accessToken : pick(oddValues);
    const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
    return `${name}=${encodeLoosely(text.slice(0, 2000), pick)}`;
  });
  const path = pick.chance(0.2) ? `${base}/${pick(ids)}` : base;
  const query = pairs.length > 0 ? `?${pairs.join('&')}` : '';
  return { method: pick(['GET', 'GET', 'GET', 'HEAD']), path: path + query, body: undefined };
}

function paging(pick: Pick, { ids }: Known): Core {
  return { method: 'GET', path: forgedPage(pick, ids), body: undefined };
}

function astray(pick: Pick, { ids, sessions }: Known): Core {
  const { accessToken, refreshToken } = pick(sessions);
  const secrets = [accessToken, refreshToken];
  const tail = pick([
    ...secrets,
    ...oddStrings,
    ...ids,
    '..',
    '../../etc/passwd',
    '%00',
    '%',
    '%c0%ae',
    '//',
  ]);
  const path = pick.chance(0.3) ? pick(paths) : `${pick(paths)}/${encodeLoosely(tail, pick)}`;
  const body = pick.chance(0.3) ? pick(['', '{', '[]', '\0', '{"data":{}}']) : undefined;
  return { method: pick(methods), path: path.slice(0, 4000), body };
}

function looking(pick: Pick): Core {
  const headers = someOf(conditions(pick), pick, [1, 1, 2, 3]);
  return {
    method: pick(['GET', 'GET', 'GET', 'HEAD']),
    path: pick(served),
    body: undefined,
    headers,
  };
}

/** As clients do that do it right, or nearly. */
function encodeLoosely(text: string, pick: Pick): string {
  const whole = text.replace(/\p{Surrogate}/gu, '');
  const encoded = pick([encodeURIComponent, encodeURI])(whole);
  return pick.chance(0.1) ? encoded.replace(/%/, '%%') : encoded;
}
