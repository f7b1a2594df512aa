import * as z from 'zod';
import type { Asked, Fault, Told } from './faulty-proxy.ts';

/** A fault, and the promise of which one at least has to be found broken. */
export type Planted = { what: string; breaks: RegExp; fault: Fault };

const form = z.looseObject({
  data: z.union([z.array(z.looseObject({})), z.looseObject({})]).optional(),
  meta: z.looseObject({}),
  error: z
    .looseObject({ code: z.string(), details: z.array(z.looseObject({})).optional() })
    .optional(),
});
type Json = z.output<typeof form>;
type When = (asked: Asked, told: Told) => boolean;

const always: When = () => true;
const isMade: When = (_asked, { status }) => status === 201;
const method =
  (...methods: string[]): When =>
  (asked) =>
    methods.includes(asked.method);

/** Changes the JSON of answers. */
const json = (change: (json: Json) => void, when: When = always): Fault => ({
  tells(told, asked) {
    const isJson = told.headers['content-type']?.startsWith('application/json');
    if (!isJson || told.body === '' || !when(asked, told)) return {};
    const { data: parsed } = form.safeParse(JSON.parse(told.body));
    // The document of OpenAPI is JSON of another form.
    if (parsed === undefined) return {};
    change(parsed);
    return { body: JSON.stringify(parsed) };
  },
});

/** Changes each row of an answer. */
const rows = (change: (row: Record<string, unknown>) => void, when: When = always): Fault =>
  json(({ data }) => {
    if (Array.isArray(data)) for (const row of data) change(row);
    else if (data && 'id' in data) change(data);
  }, when);

const status = (from: number, to: number, when: When = always): Fault => ({
  tells: (told, asked) => (told.status === from && when(asked, told) ? { status: to } : {}),
});

const withoutHeader = (name: string, when: When = always): Fault => ({
  tells: (told, asked) => {
    if (!when(asked, told)) return {};
    const { [name]: _, ...headers } = told.headers;
    return { headers };
  },
});

const unasked = (name: string): Fault => ({
  asks: ({ headers: { [name]: _, ...headers } }) => ({ headers }),
});

/** Changes the query of a request; `undefined` leaves a parameter out. */
const query = (change: (params: URLSearchParams) => void): Fault => ({
  asks({ url }) {
    const [path = '', text] = url.split('?');
    if (text === undefined) return {};
    const params = new URLSearchParams(text);
    change(params);
    return { url: params.size > 0 ? `${path}?${params}` : path };
  },
});

const sentData = z.looseObject({ data: z.record(z.string(), z.unknown()) });

/** Changes the data of a body. */
const sent = (change: (data: Record<string, unknown>) => void, when: When = always): Fault => ({
  asks(asked) {
    const none: Told = { status: 0, headers: {}, body: '' };
    if (asked.body === '' || !when(asked, none)) return {};
    try {
      const parsed = sentData.parse(JSON.parse(asked.body));
      change(parsed.data);
      return { body: JSON.stringify(parsed) };
    } catch {
      return {};
    }
  },
});

export const tellsNoLocation = withoutHeader('location');

/** Faults of a service, whoever calls. */
export const faults: Planted[] = [
  { what: 'POST answers 200', breaks: /^POST answers 201/, fault: status(201, 200) },
  {
    what: 'POST tells no Location',
    breaks: /Location/,
    fault: tellsNoLocation,
  },
  { what: 'rows have no ETag', breaks: /ETag/, fault: withoutHeader('etag') },
  { what: 'DELETE answers 200', breaks: /^DELETE answers 204/, fault: status(204, 200) },
  {
    what: 'meta has another request id than the header',
    breaks: /./,
    fault: json(({ meta }) => Object.assign(meta, { requestId: 'other' })),
  },
  { what: 'answers have no X-Request-Id', breaks: /./, fault: withoutHeader('x-request-id') },
  {
    what: 'times have no milliseconds',
    breaks: /./,
    fault: json(({ meta }) => Object.assign(meta, { timestamp: '2026-01-31T12:00:00Z' })),
  },
  {
    what: 'times of rows have an offset',
    breaks: /^POST answers 201/,
    fault: rows((row) => Object.assign(row, { createdAt: '2026-01-31T12:00:00.000+00:00' })),
  },
  {
    what: 'only the first problem is said',
    breaks: /at once/,
    fault: json(({ error }) => error?.details?.splice(1)),
  },
  {
    what: 'invalid input is 400',
    breaks: /refuses what it cannot be/,
    fault: status(422, 400),
  },
  {
    what: 'refusals have another code',
    breaks: /404/,
    fault: json(({ error }) => error && Object.assign(error, { code: 'OOPS' })),
  },
  {
    what: 'a private field is told',
    breaks: /private|^POST answers 201/,
    fault: rows((row) => Object.assign(row, { pin: 'secret' })),
  },
  {
    what: 'the value of a private field is told in a refusal',
    breaks: /pin refuses/,
    fault: json(({ error }) => {
      for (const detail of error?.details ?? []) Object.assign(detail, { value: 'secret' });
    }),
  },
  {
    what: 'a page is larger than it was asked to be',
    breaks: /page has 20 rows/,
    fault: query((params) => params.get('limit') === '1' && params.set('limit', '2')),
  },
  {
    what: 'a page may have 1,000 rows',
    breaks: /above 100/,
    fault: query((params) => params.get('limit') === '101' && params.set('limit', '100')),
  },
  {
    what: 'unknown parameters are ignored',
    breaks: /parameter that no list has/,
    fault: query((params) => params.delete('nonsense')),
  },
  {
    what: 'a cursor is ignored',
    breaks: /walking/,
    fault: query((params) => params.delete('cursor')),
  },
  {
    what: 'every page says that it is the last',
    breaks: /walking|newest/,
    fault: json(({ meta }) => 'nextCursor' in meta && Object.assign(meta, { nextCursor: null })),
  },
  {
    what: 'the order is ignored',
    breaks: /newest row/,
    fault: query((params) => params.get('sortOrder') === 'asc' && params.delete('sortOrder')),
  },
  {
    what: 'sortBy is ignored',
    breaks: /sortBy/,
    fault: query((params) => params.get('sortBy') === 'rank' && params.delete('sortBy')),
  },
  {
    what: 'a filter is ignored',
    breaks: /status find/,
    fault: query((params) => params.get('status') !== '\0' && params.delete('status')),
  },
  {
    what: 'a bound is ignored',
    breaks: /minPrice/,
    fault: query((params) => params.get('minPrice') !== '\0' && params.delete('minPrice')),
  },
  {
    what: 'a search is ignored',
    breaks: /search/,
    fault: query((params) => params.get('search') !== '' && params.delete('search')),
  },
  { what: 'If-Match is ignored', breaks: /If-Match|one wins|old ETag/, fault: unasked('if-match') },
  { what: 'If-None-Match is ignored', breaks: /304/, fault: unasked('if-none-match') },
  {
    what: 'Idempotency-Key is ignored',
    breaks: /Idempotency-Key/,
    fault: unasked('idempotency-key'),
  },
  { what: 'a wrong method is 404', breaks: /405/, fault: status(405, 404) },
  { what: 'a 405 tells no Allow', breaks: /405/, fault: withoutHeader('allow') },
  {
    what: 'any content type is taken',
    breaks: /content type/,
    fault: {
      asks: ({ headers }) =>
        headers['content-type']
          ? { headers: { ...headers, 'content-type': 'application/json' } }
          : {},
    },
  },
  {
    what: 'unknown fields are dropped',
    breaks: /does not have/,
    fault: sent((data) => Reflect.deleteProperty(data, 'nonsense')),
  },
  {
    what: 'a default is not given',
    breaks: /default/,
    fault: rows((row) => Object.assign(row, { status: 'other' }), isMade),
  },
  {
    what: 'PATCH forgets a field',
    breaks: /^PATCH changes/,
    fault: sent((data) => Reflect.deleteProperty(data, 'title'), method('PATCH')),
  },
  {
    what: 'decimals are numbers',
    breaks: /^POST answers 201/,
    fault: rows((row) => 'price' in row && Object.assign(row, { price: Number(row.price) })),
  },
  { what: 'a row that is not there is 200', breaks: /404/, fault: status(404, 200) },
  { what: 'a row that is there already is 422', breaks: /unique/, fault: status(409, 422) },
  {
    what: 'texts are cut',
    breaks: /title takes|title refuses/,
    fault: sent((data) => {
      if (typeof data.title === 'string') data.title = [...data.title].slice(0, 100).join('');
    }),
  },
  {
    what: 'ids are random',
    breaks: /^POST answers 201/,
    fault: rows(
      (row) => Object.assign(row, { id: '7f0c1d5e-3a8b-4c2d-9e1f-0a1b2c3d4e5f' }),
      isMade,
    ),
  },
  { what: 'HEAD is no method', breaks: /HEAD/, fault: status(200, 405, method('HEAD')) },
  {
    what: 'browsers may guess types',
    breaks: /guessing/,
    fault: withoutHeader('x-content-type-options'),
  },
  { what: 'limits are not told', breaks: /RateLimit/, fault: withoutHeader('ratelimit-remaining') },
  {
    what: 'OpenAPI leaves an operation out',
    breaks: /openapi/,
    fault: {
      tells: ({ body }, { url }) =>
        url === '/openapi.json'
          ? { body: body.replace('"/posts/{id}":{"get"', '"/posts/{id}":{"x-get"') }
          : {},
    },
  },
  {
    what: 'the lists of all parents are the same',
    breaks: /of a parent/,
    fault: {
      asks: ({ method: verb, url }) =>
        verb === 'GET' ? { url: url.replace(/\/posts\/[^/]+\/comments/, '/comments') } : {},
    },
  },
  {
    what: 'the pages are not counted',
    breaks: /counts/,
    fault: json(({ meta }) => 'totalPages' in meta && Object.assign(meta, { totalPages: 1 })),
  },
  { what: 'the server fails', breaks: /./, fault: status(404, 500) },
];

/** Faults of who may do what; each may use the token of somebody who administers. */
export const accessFaults: (Omit<Planted, 'fault'> & { fault: (admin: string) => Fault })[] = [
  {
    what: 'a 401 tells no WWW-Authenticate',
    breaks: /token/,
    fault: () => withoutHeader('www-authenticate'),
  },
  {
    what: 'everybody who is signed in administers',
    breaks: /as user answers/,
    fault: (admin) => ({
      asks: ({ headers, url }) =>
        headers.authorization?.startsWith('Bearer ey') && /\/(notes|posts)/.test(url)
          ? { headers: { ...headers, authorization: `Bearer ${admin}` } }
          : {},
    }),
  },
  {
    what: 'a token needs no signature',
    breaks: /needs a token/,
    fault: (admin) => ({
      asks: ({ headers }) =>
        headers.authorization?.endsWith('.')
          ? { headers: { ...headers, authorization: `Bearer ${admin}` } }
          : {},
    }),
  },
  {
    what: 'a refusal says 403 of a row that is not to be known',
    breaks: /PATCH as user/,
    fault: () => ({
      tells: ({ status: told }, { method: verb, url }) =>
        told === 404 && verb === 'PATCH' && url.includes('/notes/') ? { status: 403 } : {},
    }),
  },
  {
    what: 'a new user may choose a role',
    breaks: /themselves a role/,
    fault: () =>
      sent(
        (data) => Reflect.deleteProperty(data, 'role'),
        ({ url }) => url.endsWith('/register'),
      ),
  },
  {
    what: 'the body of a deletion is not read when others are deleted',
    breaks: /deletes others/,
    fault: () => ({
      asks: ({ method: verb, url }) =>
        verb === 'DELETE' && url.includes('/users/') ? { body: '' } : {},
    }),
  },
  {
    what: 'signing in tells who has an account',
    breaks: /same words/,
    fault: () => {
      const known = new Set<string | undefined>();
      const emailIn = (body: string) => /"email":"([^"]*)"/.exec(body)?.[1];
      return {
        asks({ url, body }) {
          if (url.endsWith('/register')) known.add(emailIn(body));
          return {};
        },
        tells: ({ status: told, body }, { url, body: asked }) =>
          told === 401 && url.endsWith('/login') && known.has(emailIn(asked))
            ? { body: body.replace(/"message":"[^"]*"/, '"message":"Wrong password"') }
            : {},
      };
    },
  },
  {
    what: 'signing out does nothing',
    breaks: /signing out/,
    fault: () => ({
      asks: ({ url }) => (url.endsWith('/auth/logout') ? { method: 'GET', url: '/health' } : {}),
      tells: (_told, { url }) => (url.endsWith('/auth/logout') ? { status: 204, body: '' } : {}),
    }),
  },
  {
    what: 'answers about accounts may be stored',
    breaks: /no cache/,
    fault: () => withoutHeader('cache-control'),
  },
];
